using DataCentric.Pipeline.Results;

namespace DataCentric.Cli.Composition;

/// <summary>The place that a verb writes to, taken before its first byte.</summary>
internal static class OutputPlace
{
    /// <summary>Takes a place for what a verb writes and works there.</summary>
    /// <param name="store">The place.</param>
    /// <param name="claim">What is written.</param>
    /// <param name="work">Writes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">Another process writes there, or it holds something else under one of the names.</exception>
    public static async Task<T> WriteAsync<T>(IDataStore store, OutputClaim claim, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var held = await claim.TakeAsync(store, SayThatItWaits(store), cancellationToken);
        return await held.HoldAsync(work, cancellationToken);
    }

    /// <summary>Keeps other writers off a set that is there while it is added to.</summary>
    /// <param name="store">The place.</param>
    /// <param name="work">Adds to it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">Another process writes there.</exception>
    public static async Task<T> AddAsync<T>(IDataStore store, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var held = await OutputClaim.LockAsync(store, SayThatItWaits(store), cancellationToken);
        return await held.HoldAsync(work, cancellationToken);
    }

    /// <summary>Changes an enhanced set that is there: it is opened before the place is taken, so that a place without one is left as it is, and again after.</summary>
    /// <param name="store">The place.</param>
    /// <param name="change">Changes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The set as it is then.</returns>
    /// <exception cref="InputException">There is no set, or another process writes there.</exception>
    public static async Task<EnhancedSet> ChangeAsync(IDataStore store, Func<EnhancedSet, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        await EnhancedSet.OpenAsync(store, cancellationToken);
        return await AddAsync(store, OpenAndChangeAsync, cancellationToken);

        async Task<EnhancedSet> OpenAndChangeAsync(CancellationToken token)
        {
            var set = await EnhancedSet.OpenAsync(store, token);
            await change(set, token);
            return set;
        }
    }

    private static Action<TimeSpan> SayThatItWaits(IDataStore store) => longest => Messages.Hint(
        $"{store.Location} is locked by another process; if that one is dead, its lock ends within {longest.TotalSeconds:F0} s. Waiting.");
}
