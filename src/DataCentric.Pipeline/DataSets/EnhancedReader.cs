using System.Runtime.InteropServices;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Npy;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Some samples of an enhanced set.</summary>
/// <param name="Images">Pixels and labels.</param>
/// <param name="Provenance">Where each comes from.</param>
internal sealed record EnhancedBatch(ImageSet Images, IReadOnlyList<SampleProvenance> Provenance);

/// <summary>
/// Reads an enhanced set from front to back: arrays and manifest side by side. Each sample's pixels are compared with the manifest's hash,
/// so nothing is made from a set that was damaged since it was verified.
/// </summary>
internal sealed class EnhancedReader : IAsyncDisposable
{
    private const int BatchBytes = 4 << 20;

    private readonly IngestedSet _set;
    private readonly Stream _data;
    private readonly Stream _labels;
    private readonly ManifestReader _manifest;
    private int _next;

    private EnhancedReader(IngestedSet set, Stream data, Stream labels, Stream manifest) =>
        (_set, _data, _labels, _manifest) = (set, data, labels, new ManifestReader(manifest));

    public static async Task<EnhancedReader> OpenAsync(IDataStore store, IngestedSet set, CancellationToken cancellationToken)
    {
        var reader = new EnhancedReader(
            set,
            await store.OpenReadAsync(ResultFiles.Data, 0, cancellationToken),
            await store.OpenReadAsync(ResultFiles.Label, 0, cancellationToken),
            await store.OpenReadAsync(ResultFiles.Manifest, 0, cancellationToken));
        NpyHeader.Read(reader._data, ResultFiles.Data);
        NpyHeader.Read(reader._labels, ResultFiles.Label);
        return reader;
    }

    /// <summary>Reads the next samples in batches.</summary>
    /// <param name="count">How many, all of which exist.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">A sample is not the one that was verified.</exception>
    public async IAsyncEnumerable<EnhancedBatch> ReadAsync(
        int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var most = Math.Max(1, BatchBytes / _set.Shape.ByteLength);
        for (var end = _next + count; _next < end;)
            yield return await ReadBatchAsync(Math.Min(most, end - _next), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _data.DisposeAsync();
        await _labels.DisposeAsync();
        _manifest.Dispose();
    }

    private async Task<EnhancedBatch> ReadBatchAsync(int count, CancellationToken cancellationToken)
    {
        var pixels = new byte[count * _set.Shape.ByteLength];
        var rows = new byte[count * _set.ClassCount * sizeof(float)];
        await _data.ReadExactlyAsync(pixels, cancellationToken);
        await _labels.ReadExactlyAsync(rows, cancellationToken);
        var (labels, provenance) = (new int[count], new SampleProvenance[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = await NextEntryAsync(_next + i, cancellationToken);
            var hash = Convert.ToHexStringLower(SHA256.HashData(pixels.AsSpan(i * _set.Shape.ByteLength, _set.Shape.ByteLength)));
            if (hash != entry.Sha256)
                throw Damaged($"the pixels of sample {entry.Index} are not those of {ResultFiles.Manifest}");
            labels[i] = entry.Label;
            provenance[i] = new SampleProvenance(
                entry.Index, entry.Source, RoleName(entry), entry.Kind, entry.ParameterSet, entry.Severity, entry.Linf, entry.L2, entry.Sha256);
        }

        _next += count;
        var soft = _set.HasSoftLabels ? MemoryMarshal.Cast<byte, float>(rows).ToArray() : null;
        return new EnhancedBatch(new ImageSet(_set.Shape, pixels, labels, [.. provenance.Select(sample => sample.Source)], soft), provenance);
    }

    private async Task<ManifestEntry> NextEntryAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await _manifest.NextAsync(cancellationToken) ?? throw Damaged($"{ResultFiles.Manifest} ends before sample {index}");
            return entry.Index == index && (uint)entry.Label < (uint)_set.ClassCount
                ? entry
                : throw Damaged($"line {index + 1} of {ResultFiles.Manifest} is not that of sample {index}");
        }
        catch (InvalidDataException broken) when (broken.InnerException is JsonException)
        {
            throw Damaged(broken.Message);
        }
    }

    private static string RoleName(ManifestEntry entry) => JsonSerializer.SerializeToElement(entry.Role, PipelineJson.Compact).GetString()!;

    private static InvalidDataException Damaged(string what) => new($"The set is damaged: {what}. Run verify on it.");
}
