namespace DataCentric.Imaging.Formats.Archives;

/// <summary>What the archive readers of .NET throw when an archive is broken.</summary>
internal static class Damage
{
    public static bool Is(Exception exception) => exception
        is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException
        or NotSupportedException or IndexOutOfRangeException;
}
