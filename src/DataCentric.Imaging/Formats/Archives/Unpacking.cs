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
