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
