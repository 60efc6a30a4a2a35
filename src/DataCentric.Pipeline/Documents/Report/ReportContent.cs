using DataCentric.Imaging.Pictures;
using DataCentric.Npy;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>A sample that is shown.</summary>
/// <param name="Entry">Its line of the manifest.</param>
/// <param name="Png">Clean, result and difference side by side.</param>
/// <param name="Shape">Shape of that picture.</param>
internal sealed record ShownSample(ManifestEntry Entry, byte[] Png, ImageShape Shape);

/// <summary>All that a report is made from; nothing in it is computed anew.</summary>
/// <param name="Run">The set's record.</param>
/// <param name="Samples">Samples to show, in the order of the groups; empty in sets made before there were examples.</param>
/// <param name="Score">How networks trained on it did; null where it was not scored.</param>
internal sealed record ReportContent(RunRecord Run, IReadOnlyList<ShownSample> Samples, ScoreTable? Score)
{
    /// <summary>Reads what lies with a run record.</summary>
    /// <param name="store">Holds the set.</param>
    /// <param name="run">Its record, which need not be written yet.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ReportContent> ReadAsync(IDataStore store, RunRecord run, CancellationToken cancellationToken) => new(
        run,
        run.Statistics is { } statistics ? await ReadSamplesAsync(store, statistics.Examples, cancellationToken) : [],
        await ScoreTable.FindAsync(store, cancellationToken));

    private static async Task<IReadOnlyList<ShownSample>> ReadSamplesAsync(IDataStore store, IReadOnlyList<int> indexes, CancellationToken cancellationToken)
    {
        var entries = await ReadEntriesAsync(store, indexes.ToHashSet(), cancellationToken);
        await using var stream = await store.OpenReadAsync(ResultFiles.Examples, 0, cancellationToken);
        var header = NpyHeader.Read(stream, ResultFiles.Examples);
        var shape = new ImageShape(header.Shape[1], header.Shape[2]);
        var pixels = new byte[shape.ByteLength];
        var samples = new List<ShownSample>();
        foreach (var index in indexes)
        {
            await stream.ReadExactlyAsync(pixels, cancellationToken);
            if (entries.TryGetValue(index, out var entry))
                samples.Add(new ShownSample(entry, RgbImage.EncodePng(pixels, shape), shape));
        }

        return samples;
    }

    private static async Task<Dictionary<int, ManifestEntry>> ReadEntriesAsync(IDataStore store, HashSet<int> wanted, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<int, ManifestEntry>();
        if (wanted.Count == 0)
            return entries;
        await foreach (var entry in ManifestReader.ReadAllAsync(store, cancellationToken))
        {
            if (wanted.Contains(entry.Index))
                entries[entry.Index] = entry;
            if (entries.Count == wanted.Count)
                break;
        }

        return entries;
    }
}
