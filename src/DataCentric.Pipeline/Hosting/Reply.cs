namespace DataCentric.Pipeline.Hosting;

/// <summary>
/// What crosses the wire between workflow and activity: a value, or what is wrong with the user's input. So bad input is told from other
/// failures by more than the text of an error, and is not tried again.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value; null where the input was bad.</param>
/// <param name="BadInput">What is wrong with the input; null where there is a value.</param>
public sealed record Reply<T>(T? Value, string? BadInput)
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="InputException">The input was bad.</exception>
    public T Unwrap() => Value ?? throw new InputException(BadInput ?? "The reply is empty.");
}

/// <summary>Makes replies.</summary>
public static class Reply
{
    /// <summary>Runs something and makes its outcome a reply; other failures pass through.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="run">What to run; for a workflow, a task of its context.</param>
    public static async Task<Reply<T>> OfAsync<T>(Func<Task<T>> run)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            return new Reply<T>(await run(), BadInput: null);
        }
        catch (InputException exception)
        {
            return new Reply<T>(Value: null, exception.Message);
        }
    }
}
