namespace DataCentric.Imaging.Formats.Archives;

/// <summary>One file of an archive, whatever its kind.</summary>
/// <param name="Name">Its name in the archive, with '/' between folders.</param>
/// <param name="Length">Bytes that it announces.</param>
/// <param name="Open">Opens it; valid until the next entry is asked for.</param>
internal sealed record ArchiveEntry(string Name, long Length, Func<Stream> Open);
