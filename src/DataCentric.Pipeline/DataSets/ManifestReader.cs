using System.Runtime.CompilerServices;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Reads the lines of a manifest: the one place where a line becomes an entry.</summary>
/// <param name="stream">The manifest; disposed with this.</param>
internal sealed class ManifestReader(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Reads all entries of a set's manifest.</summary>
    /// <param name="store">Holds the set.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">A line is not a manifest line.</exception>
    public static async IAsyncEnumerable<ManifestEntry> ReadAllAsync(IDataStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new ManifestReader(await store.OpenReadAsync(ResultFiles.Manifest, 0, cancellationToken));
        while (await reader.NextAsync(cancellationToken) is { } entry)
            yield return entry;
    }

    /// <summary>The next entry; null at the end.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">The line is not a manifest line; the one after it can be read.</exception>
    public async Task<ManifestEntry?> NextAsync(CancellationToken cancellationToken)
    {
        if (await _reader.ReadLineAsync(cancellationToken) is not { } line)
            return null;
        Line++;
        try
        {
            return JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{ResultFiles.Manifest} line {Line} is not a manifest line: {exception.Message}", exception);
        }
    }

    public void Dispose() => _reader.Dispose();
}

/// <summary>Finds entries by ascending number, and notes lines that are missing, doubled, or no manifest lines at all.</summary>
/// <param name="reader">The lines.</param>
/// <param name="breaches">Receives what is wrong.</param>
internal sealed class ManifestChecks(ManifestReader reader, BreachList breaches)
{
    private ManifestEntry? _waiting;

    /// <summary>The entry of a sample, or null (and a breach) where the manifest has none.</summary>
    /// <param name="index">Number of the sample; ascending from call to call.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<ManifestEntry?> FindAsync(int index, CancellationToken cancellationToken)
    {
        while ((_waiting ??= await NextAsync(cancellationToken)) is { } entry && entry.Index < index)
        {
            breaches.Add($"{ResultFiles.Manifest} line {reader.Line}: sample {entry.Index} ({entry.Source}) stands there a second time.");
            _waiting = null;
        }

        if (_waiting?.Index != index)
        {
            breaches.Add($"Sample {index} is missing from {ResultFiles.Manifest}.");
            return null;
        }

        (var found, _waiting) = (_waiting, null);
        return found;
    }

    /// <summary>Notes lines beyond the last sample.</summary>
    public async Task ExpectEndAsync(int count, CancellationToken cancellationToken)
    {
        while ((_waiting ?? await NextAsync(cancellationToken)) is { } entry)
        {
            breaches.Add($"{ResultFiles.Manifest} line {reader.Line}: sample {entry.Index}, but the set has {count}.");
            _waiting = null;
        }
    }

    private async Task<ManifestEntry?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await reader.NextAsync(cancellationToken);
            }
            catch (InvalidDataException broken)
            {
                breaches.Add(broken.Message);
            }
        }
    }
}
