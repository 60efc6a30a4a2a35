using System.Formats.Tar;
using System.IO.Compression;
using DataCentric.Archives;

namespace DataCentric.Imaging.Formats.Archives;

/// <summary>Lists the files of a zip, tar or tar.gz archive from front to back; what is neither file nor folder is refused.</summary>
internal static class ArchiveEntries
{
    private const int TarBlock = 512;
    private const int LongestPadding = 1 << 20;

    /// <summary>Whether a file is an archive, by its content.</summary>
    public static bool IsArchive(string path) => CheckedZip.LooksLikeOne(path) || IsTar(path);

    /// <summary>Lists the files.</summary>
    /// <exception cref="InputException">The archive is broken, or holds links or devices.</exception>
    public static IEnumerable<ArchiveEntry> Of(string path) => CheckedZip.LooksLikeOne(path) ? OfZip(path) : OfTar(path, ExactReading.Open);

    /// <summary>Lists the files of a tar file of which few are opened: contents are left out by seeks.</summary>
    /// <param name="path">A tar file; where it is compressed, all of it has to be read.</param>
    /// <exception cref="InputException">The archive is broken, or holds links or devices.</exception>
    public static IEnumerable<ArchiveEntry> OfTar(string path) => OfTar(path, ExactReading.OpenSparse);

    private static IEnumerable<ArchiveEntry> OfZip(string path)
    {
        using var zip = new CheckedZip(path);

        // Windows PowerShell 5 and others write '\' between folders, against the specification (APPNOTE 4.4.17.1); then no name has a '/'.
        var isOfWindows = zip.Files.Any(entry => entry.FullName.Contains('\\')) && !zip.Files.Any(entry => entry.FullName.Contains('/'));
        foreach (var entry in zip.Files)
        {
            if (CheckedZip.IsLink(entry))
                throw Refused(path, entry.FullName, "a symbolic link");
            if (!isOfWindows)
                yield return new(entry.FullName, entry.Length, () => zip.Open(entry));
            else if (!entry.FullName.EndsWith('\\') || entry.Length > 0)
                yield return new(entry.FullName.Replace('\\', '/'), entry.Length, () => zip.Open(entry));
        }
    }

    private static IEnumerable<ArchiveEntry> OfTar(string path, Func<string, Stream> open)
    {
        using var stream = Unzipped(path, open);
        using var tar = new TarReader(stream);
        using var attributes = stream.CanSeek ? new TarAttributes(path) : null;
        while (Next(tar, attributes, path) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
                continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                throw Refused(path, entry.Name, $"a {entry.EntryType}");
            yield return new(entry.Name, entry.Length, () => entry.DataStream ?? Stream.Null, entry.DataOffset);
        }

        CheckEnd(stream, path);
    }

    /// <summary>Without this, a file cut between two entries would pass for a smaller one.</summary>
    private static void CheckEnd(Stream stream, string path)
    {
        if (stream.CanSeek)
            stream.Seek(-Math.Min(TarBlock, stream.Length), SeekOrigin.End);
        var rest = new byte[LongestPadding + 1];
        try
        {
            var count = stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            if (count <= LongestPadding && !rest.AsSpan(0, count).ContainsAnyExcept((byte)0) && (count > 0 || !stream.CanSeek))
                return;
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: the compressed data are broken or truncated at the end.", e);
        }

        throw new InputException($"{path}: a broken or truncated tar file: it does not end with empty blocks.");
    }

    private static TarEntry? Next(TarReader tar, TarAttributes? attributes, string path)
    {
        attributes?.CheckNext();
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception broken) when (Damage.Is(broken) || broken is InvalidOperationException) // this one for attributes that say they are huge
        {
            throw new InputException($"{path}: a broken or truncated tar file: {broken.Message}", broken);
        }
    }

    /// <summary>
    /// Whether a file, or what it holds as gzip, begins with a tar header: its checksum, octal in bytes 148 to 155, is the sum of its
    /// bytes with blanks for the checksum (POSIX.1-1988).
    /// </summary>
    private static bool IsTar(string path)
    {
        try
        {
            using var stream = Unzipped(path, ExactReading.OpenSparse);
            var header = ExactReading.Start(stream, TarBlock);
            if (header.Length < TarBlock || header[0] == 0)
                return false;
            var sum = header.Sum(value => value) - header[148..156].Sum(value => value) + (8 * ' ');
            var written = System.Text.Encoding.ASCII.GetString(header, 148, 8).Trim('\0', ' ');
            return written.Length > 0 && written.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(written, 8) == sum;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static Stream Unzipped(string path, Func<string, Stream> open)
    {
        var file = open(path);
        return ExactReading.Start(path, 2) is [0x1F, 0x8B] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static InputException Refused(string path, string name, string kind) =>
        new($"{path}: \"{name}\" is {kind}; an archive of a data set holds files and folders only.");
}

/// <summary>One file of an archive, whatever its kind.</summary>
/// <param name="Name">Its name in the archive, with '/' between folders.</param>
/// <param name="Length">Bytes that it announces.</param>
/// <param name="Open">Opens it; valid until the next entry is asked for.</param>
/// <param name="Offset">Byte of the archive at which its content begins, in a tar file that is not compressed; else -1.</param>
internal sealed record ArchiveEntry(string Name, long Length, Func<Stream> Open, long Offset = -1);
