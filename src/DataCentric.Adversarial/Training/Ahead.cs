namespace DataCentric.Adversarial.Training;

/// <summary>Prepares the next element on a thread of the pool while the present one is worked on; never more than one ahead.</summary>
internal static class Ahead
{
    /// <summary>Prepares elements in their order.</summary>
    /// <param name="source">What to prepare; asked from the caller's thread.</param>
    /// <param name="prepare">Runs on another thread, for one element at a time unless it is slower than the caller. What it throws, the iteration throws.</param>
    public static IEnumerable<TResult> Prepare<TSource, TResult>(IEnumerable<TSource> source, Func<TSource, TResult> prepare)
    {
        Task<TResult>? present = null;
        foreach (var element in source)
        {
            var next = Task.Run(() => prepare(element));
            if (present is not null)
                yield return present.GetAwaiter().GetResult();
            present = next;
        }

        if (present is not null)
            yield return present.GetAwaiter().GetResult();
    }
}
