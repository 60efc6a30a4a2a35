using System.IO.Compression;

namespace DataCentric.Adversarial.Exchange;

/// <summary>A zip file of weights from elsewhere, read with mistrust: nothing is allocated that the file could not hold.</summary>
internal sealed class WeightArchive : IDisposable
{
    private const long MostBytes = 1L << 30; // the largest network here has 46 million parameters, 0.2 GB
    private const long BestRatio = 1032; // deflate's own bound: 258 bytes from 2 bits

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _source;
    private long _left = MostBytes;

    /// <summary>Reads the directory of a zip file.</summary>
    /// <param name="stream">The file; seekable, stays open.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InputException">It is no whole zip file.</exception>
    public WeightArchive(Stream stream, string source)
    {
        _source = source;
        try
        {
            _zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _zip.Entries)
            {
                if (!_entries.TryAdd(entry.FullName, entry))
                    throw new InputException($"{source}: holds two files of the name \"{entry.FullName}\".");
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException)
        {
            throw new InputException($"{source}: a broken or truncated zip file: {broken.Message}", broken);
        }
    }

    /// <summary>Names of all files in the archive.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Whether there is a file of that name.</summary>
    /// <param name="name">Its full name.</param>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>Counts memory that reading needs against the bound for the whole file, 1 GiB.</summary>
    /// <param name="count">Values to be allocated.</param>
    /// <param name="size">Bytes of one value.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="InputException">The bound is reached.</exception>
    public void Allow(long count, int size, string what)
    {
        if (count > _left / size)
            throw new InputException($"{_source}: {what} takes {count} x {size} bytes; the weights of one network may take {MostBytes} in all.");
        _left -= count * size;
    }

    /// <summary>A file of the archive as a whole.</summary>
    /// <param name="name">Its full name.</param>
    /// <exception cref="InputException">It is missing, too large, encrypted or broken.</exception>
    public byte[] Read(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new InputException($"{_source}: the file \"{name}\" is missing in it; it is truncated or not whole.");
        if (entry.IsEncrypted)
            throw new InputException($"{_source}: \"{name}\" is encrypted.");
        if (entry.Length / BestRatio > entry.CompressedLength)
            throw new InputException($"{_source}: \"{name}\" says it holds {entry.Length} bytes, more than its {entry.CompressedLength} can.");
        Allow(entry.Length, 1, $"\"{name}\"");
        var bytes = new byte[entry.Length];
        try
        {
            using var stream = entry.Open();
            ExactReading.Fill(stream, bytes, () => $"{_source}, \"{name}\"");
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new InputException($"{_source}: \"{name}\" is broken or truncated: {broken.Message}", broken);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
