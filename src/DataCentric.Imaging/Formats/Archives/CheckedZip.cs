using System.IO.Compression;

namespace DataCentric.Imaging.Formats.Archives;

/// <summary>A zip file that is read with mistrust: names differ, lengths are those announced, checksums are compared.</summary>
internal sealed class CheckedZip : IDisposable
{
    private const long BestRatio = 1032; // deflate's own bound: 258 bytes from 2 bits
    private const int UnixTypeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;

    private readonly ZipArchive _zip;
    private readonly string _path;

    /// <summary>Reads the directory of a zip file.</summary>
    /// <exception cref="InputException">It is broken or truncated, or two entries have one name.</exception>
    public CheckedZip(string path)
    {
        _path = path;
        var stream = ExactReading.Open(path);
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read);
            Entries = _zip.Entries;
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            stream.Dispose();
            throw new InputException($"{path}: a broken or truncated zip file: {broken.Message}", broken);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        if (Entries.FirstOrDefault(entry => !names.Add(entry.FullName)) is { } twice)
        {
            Dispose();
            throw new InputException($"{path}: holds two files of the name \"{twice.FullName}\".");
        }
    }

    /// <summary>Everything in it.</summary>
    public IReadOnlyList<ZipArchiveEntry> Entries { get; }

    /// <summary>Everything but folders.</summary>
    public IReadOnlyList<ZipArchiveEntry> Files => [.. Entries.Where(entry => entry.Name.Length > 0)];

    /// <summary>Whether a file begins as a zip file.</summary>
    public static bool LooksLikeOne(string path) => ExactReading.Start(path, 4) is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];

    /// <summary>Whether an entry is a symbolic link, as Unix programs store them.</summary>
    public static bool IsLink(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> UnixTypeShift) & UnixTypeMask) == UnixLink;

    /// <summary>Opens an entry; what is read is checked against its length and checksum.</summary>
    /// <exception cref="InputException">It is encrypted, packed in an unknown way, or announces more than it can hold.</exception>
    public Stream Open(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
            throw new InputException($"{_path}: \"{entry.FullName}\" is encrypted.");
        if (entry.Length / BestRatio > entry.CompressedLength)
            throw new InputException($"{_path}: \"{entry.FullName}\" says it holds {entry.Length} bytes, more than its {entry.CompressedLength} can.");
        try
        {
            return new ChecksumStream(entry.Open(), entry.Length, entry.Crc32);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw new InputException($"{_path}: \"{entry.FullName}\" is broken: {broken.Message}", broken);
        }
    }

    public void Dispose() => _zip.Dispose();
}
