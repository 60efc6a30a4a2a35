namespace DataCentric.Imaging.Formats.Archives;

/// <summary>How much an archive may unpack to.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>Most files and folders. [4 million]</summary>
    public int MostEntries { get; init; } = 4_000_000;

    /// <summary>Most bytes of all files together. [256 GiB]</summary>
    public long MostBytes { get; init; } = 256L << 30;

    /// <summary>Bytes that any archive may unpack to, however small it is. [64 MiB]</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>Beyond <see cref="FreeBytes"/>, the most bytes for each byte of the archive; pictures pack less than 10 to 1. [100]</summary>
    public long MostRatio { get; init; } = 100;

    /// <summary>The bound for an archive of a length.</summary>
    public long BytesFor(long archiveLength) => Math.Min(MostBytes, Math.Max(FreeBytes, MostRatio * archiveLength));
}
