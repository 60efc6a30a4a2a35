namespace DataCentric.Pipeline.Fetching;

/// <summary>How patiently files are fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>Without a byte for this long, the connection is given up. [30 s]</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts one after the other that bring no byte, before it is given up; 1 or more. [6]</summary>
    public int FruitlessAttempts { get; init; } = 6;

    /// <summary>Wait before the second attempt; doubled each time. [1 s]</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts. [30 s]</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether another file that has the name of one is given up. [no]</summary>
    public bool Overwrite { get; init; }

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not in its range.</exception>
    public FetchOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(FruitlessAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        return this;
    }
}

/// <summary>How far a file is.</summary>
/// <param name="File">Its name.</param>
/// <param name="Done">Bytes that are here, those of earlier runs included.</param>
/// <param name="Total">Bytes of the file.</param>
/// <param name="Trouble">Why the next attempt is needed; null while bytes come.</param>
public sealed record FetchProgress(string File, long Done, long Total, string? Trouble = null);

/// <summary>A file could not be fetched; what came of it is kept, unless it was wrong, and the next attempt goes on from there.</summary>
/// <param name="message">Names the address and says what happened.</param>
/// <param name="inner">What brought it to light, or null.</param>
internal sealed class FetchException(string message, Exception? inner = null) : IOException(message, inner);
