using System.IO.Compression;

namespace DataCentric.Archives;

/// <summary>
/// A zip file that is read with mistrust: names differ, nothing is encrypted, lengths are those announced and no more than deflate can
/// give, checksums are compared while reading, and what is read as a whole stays within a bound.
/// </summary>
public sealed class CheckedZip : IDisposable
{
    private const long BestRatio = 1032; // deflate's own bound: 258 bytes from 2 bits
    private const int UnixTypeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _source;
    private readonly long _mostBytes;
    private readonly string _content;
    private long _left;

    /// <summary>Reads the directory of a zip file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is broken or truncated, or two entries have one name.</exception>
    public CheckedZip(string path)
        : this(ExactReading.Open(path), path, long.MaxValue, "its content", leaveOpen: false)
    {
    }

    /// <summary>Reads the directory of a zip file whose content may take so much memory.</summary>
    /// <param name="stream">The file; seekable, stays open.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="mostBytes">Bytes that <see cref="Read"/> and <see cref="Allow"/> may take in all.</param>
    /// <param name="content">What may take as much, for the message.</param>
    /// <exception cref="InputException">It is broken or truncated, or two entries have one name.</exception>
    public CheckedZip(Stream stream, string source, long mostBytes, string content)
        : this(stream, source, mostBytes, content, leaveOpen: true)
    {
    }

    private CheckedZip(Stream stream, string source, long mostBytes, string content, bool leaveOpen)
    {
        (_source, _mostBytes, _content, _left) = (source, mostBytes, content, mostBytes);
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen);
            foreach (var entry in _zip.Entries)
            {
                if (!_entries.TryAdd(entry.FullName, entry))
                    throw new InputException($"{source}: holds two files of the name \"{entry.FullName}\".");
            }
        }
        catch (Exception failure)
        {
            if (!leaveOpen)
                stream.Dispose();
            if (Damage.Is(failure))
                throw new InputException($"{source}: a broken or truncated zip file: {failure.Message}", failure);
            throw;
        }
    }

    /// <summary>Everything but folders, in the order of the directory.</summary>
    public IReadOnlyList<ZipArchiveEntry> Files => [.. _zip.Entries.Where(entry => entry.Name.Length > 0)];

    /// <summary>Whether a file begins as a zip file.</summary>
    /// <param name="path">The file.</param>
    public static bool LooksLikeOne(string path) => ExactReading.Start(path, 4) is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];

    /// <summary>Whether an entry is a symbolic link, as Unix programs store them.</summary>
    /// <param name="entry">The entry.</param>
    public static bool IsLink(ZipArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ((entry.ExternalAttributes >> UnixTypeShift) & UnixTypeMask) == UnixLink;
    }

    /// <summary>The entry of that name, or null.</summary>
    /// <param name="name">Its full name.</param>
    public ZipArchiveEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Opens an entry; what is read is checked against its length and checksum.</summary>
    /// <param name="entry">One of this archive's.</param>
    /// <exception cref="InputException">It is encrypted, packed in an unknown way, or announces more than it can hold.</exception>
    public Stream Open(ZipArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsEncrypted)
            throw new InputException($"{_source}: \"{entry.FullName}\" is encrypted.");
        if (entry.Length / BestRatio > entry.CompressedLength)
            throw new InputException($"{_source}: \"{entry.FullName}\" says it holds {entry.Length} bytes, more than its {entry.CompressedLength} can.");
        try
        {
            return new ChecksumStream(entry.Open(), entry.Length, entry.Crc32);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw Broken(entry, broken);
        }
    }

    /// <summary>Reads an entry as a whole; its bytes count against the bound.</summary>
    /// <param name="entry">One of this archive's.</param>
    /// <param name="what">What it holds, for the message; null where its name says it.</param>
    /// <exception cref="InputException">It is encrypted or broken, or the bound is reached.</exception>
    public byte[] Read(ZipArchiveEntry entry, string? what = null)
    {
        using var stream = Open(entry);
        Allow(entry.Length, 1, $"\"{entry.FullName}\"");
        var bytes = new byte[entry.Length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw Broken(entry, broken, what);
        }

        return bytes;
    }

    /// <summary>Counts memory that reading needs against the bound for the whole file.</summary>
    /// <param name="count">Values to be allocated.</param>
    /// <param name="size">Bytes of one value.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="InputException">The bound is reached.</exception>
    public void Allow(long count, int size, string what)
    {
        if (count > _left / size)
            throw new InputException($"{_source}: {what} takes {count} x {size} bytes; {_content} may take {_mostBytes} in all.");
        _left -= count * size;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private InputException Broken(ZipArchiveEntry entry, Exception why, string? what = null) => new(
        $"{_source}: \"{entry.FullName}\"{(what is null ? "" : $", {what},")} is broken or truncated: {why.Message}", why);
}

/// <summary>Tells broken archives from other failures.</summary>
public static class Damage
{
    /// <summary>Whether an exception is one that the archive readers of .NET throw when an archive is broken.</summary>
    /// <param name="exception">What they threw.</param>
    public static bool Is(Exception exception) => exception
        is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException
        or NotSupportedException or IndexOutOfRangeException;
}
