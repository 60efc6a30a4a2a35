using System.Text;
using DataCentric.Archives;

namespace DataCentric.Imaging.Formats.Archives;

/// <summary>Writes the files of an archive into an empty folder, within limits that count what really comes out.</summary>
/// <param name="archive">The archive.</param>
/// <param name="folder">An empty folder.</param>
/// <param name="limits">How much it may hold.</param>
internal sealed class Unpacking(string archive, string folder, ArchiveLimits limits)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly long _mostBytes = limits.BytesFor(ExactReading.Length(archive));
    private long _bytes;
    private int _entries;

    /// <summary>Unpacks all.</summary>
    /// <exception cref="InputException">The archive is broken, larger than the limits, or would write elsewhere; the folder may hold a part then.</exception>
    public void Run()
    {
        foreach (var entry in ArchiveEntries.Of(archive))
        {
            if (++_entries > limits.MostEntries)
                throw new InputException($"{archive}: holds more than {limits.MostEntries} files.");
            Admit(entry.Length, entry.Name);
            using var file = Create(entry.Name);
            Copy(entry, file);
        }
    }

    private FileStream Create(string name)
    {
        var place = folder;
        foreach (var part in EntryName.Parts(name, archive))
        {
            if (File.Exists(place))
                throw Twice(name);
            Directory.CreateDirectory(place);
            place = Path.Combine(place, part);
        }

        return Path.Exists(place) ? throw Twice(name) : new FileStream(place, FileMode.CreateNew);
    }

    private void Copy(ArchiveEntry entry, FileStream file)
    {
        using var source = entry.Open();
        for (int count; (count = Read(source, entry.Name)) > 0;)
        {
            Admit(count, entry.Name);
            _bytes += count;
            file.Write(_buffer, 0, count);
        }

        if (file.Length != entry.Length)
            throw new InputException($"{archive}: \"{entry.Name}\" is truncated: it has {file.Length} bytes, but {entry.Length} are announced.");
    }

    private int Read(Stream source, string name)
    {
        try
        {
            return source.Read(_buffer);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw new InputException($"{archive}: \"{name}\" is broken or truncated: {broken.Message}", broken);
        }
    }

    private InputException Twice(string name) => new($"{archive}: holds two files of the name \"{name}\", or a file and a folder.");

    private void Admit(long more, string name)
    {
        if (more > _mostBytes - _bytes)
        {
            throw new InputException(
                $"{archive}: with \"{name}\" it unpacks to more than {_mostBytes} bytes, which no archive of its size with pictures does; unpack it yourself if you trust it.");
        }
    }
}

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

/// <summary>Names of files in archives, which must not lead out of the folder that they are unpacked to.</summary>
internal static class EntryName
{
    private const int Longest = 1024;
    private const int LongestPart = 255; // bytes that the usual file systems take

    /// <summary>The parts of a name.</summary>
    /// <param name="name">As it stands in the archive.</param>
    /// <param name="archive">The archive, for the message.</param>
    /// <exception cref="InputException">The name is absolute, has "..", a backslash, a colon or a control character, or is too long.</exception>
    public static string[] Parts(string name, string archive)
    {
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Length == 0 || name.StartsWith('/') || name.Length > Longest
            || parts.Contains("..") || parts.Any(part => Encoding.UTF8.GetByteCount(part) > LongestPart)
            || name.Any(letter => letter is '\\' or ':' || char.IsControl(letter)))
        {
            throw new InputException(
                $"{archive}: the name \"{string.Concat(name.Take(80).Where(letter => !char.IsControl(letter)))}\" may lead out of its folder; nothing of it was written.");
        }

        return parts;
    }
}
