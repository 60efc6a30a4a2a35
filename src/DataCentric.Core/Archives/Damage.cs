namespace DataCentric.Archives;

/// <summary>Tells broken archives from other failures.</summary>
public static class Damage
{
    /// <summary>Whether an exception is one that the archive readers of .NET throw when an archive is broken.</summary>
    /// <param name="exception">What they threw.</param>
    public static bool Is(Exception exception) => exception
        is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException
        or NotSupportedException or IndexOutOfRangeException;
}
