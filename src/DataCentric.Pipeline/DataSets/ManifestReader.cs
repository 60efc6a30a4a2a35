using System.Text.Json;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Reads a manifest line by line and notices lines that are missing, doubled, or no manifest lines at all.</summary>
internal sealed class ManifestReader : IDisposable
{
    private readonly StreamReader _reader;
    private readonly BreachList _breaches;
    private ManifestEntry? _waiting;
    private int _line;

    public ManifestReader(Stream stream, BreachList breaches) => (_reader, _breaches) = (new StreamReader(stream), breaches);

    /// <summary>The entry of a sample, or null (and a breach) where the manifest has none.</summary>
    /// <param name="index">Number of the sample; ascending from call to call.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<ManifestEntry?> FindAsync(int index, CancellationToken cancellationToken)
    {
        while ((_waiting ??= await NextAsync(cancellationToken)) is { } entry && entry.Index < index)
        {
            _breaches.Add($"{ResultFiles.Manifest} line {_line}: sample {entry.Index} ({entry.Source}) stands there a second time.");
            _waiting = null;
        }

        if (_waiting?.Index != index)
        {
            _breaches.Add($"Sample {index} is missing from {ResultFiles.Manifest}.");
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
            _breaches.Add($"{ResultFiles.Manifest} line {_line}: sample {entry.Index}, but the set has {count}.");
            _waiting = null;
        }
    }

    public void Dispose() => _reader.Dispose();

    private async Task<ManifestEntry?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            _line++;
            try
            {
                return JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact);
            }
            catch (JsonException exception)
            {
                _breaches.Add($"{ResultFiles.Manifest} line {_line} is no manifest line: {exception.Message}");
            }
        }

        return null;
    }
}
