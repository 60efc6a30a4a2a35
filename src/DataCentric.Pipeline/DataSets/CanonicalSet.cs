using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Reads the canonical set of a run by sample numbers, a range of the stored file at a time.</summary>
/// <param name="store">The work store.</param>
/// <param name="layout">Names of the run.</param>
/// <param name="set">What is stored.</param>
internal sealed class CanonicalSet(IDataStore store, RunLayout layout, IngestedSet set)
{
    /// <summary>Samples that lie this close together are read in one request.</summary>
    private const int LargestGapBytes = 128 * 1024;

    private const int LargestReadBytes = 16 * 1024 * 1024;

    /// <summary>The file of this machine that holds the pixels of all samples; null where the store has none.</summary>
    public string? PixelFile => store.LocalPathOf(layout.InputPixels);

    /// <summary>Rows of the sample table that are read in one request where all are: at most 4 MB where labels are probabilities.</summary>
    private int RowsAtOnce => Math.Clamp((4 << 20) / RowBytes, 1, 4096);

    private int RowBytes => SampleRow.ByteLength(set.ClassCount, set.HasSoftLabels);

    /// <summary>Reads samples.</summary>
    /// <param name="indexes">Their numbers in the set, ascending.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<StoredSamples> ReadAsync(IReadOnlyList<int> indexes, CancellationToken cancellationToken)
    {
        var pixels = await ReadPixelsAsync(indexes, cancellationToken);
        var rows = await ReadLabelsAsync(indexes, cancellationToken);
        var soft = set.HasSoftLabels ? rows.SelectMany(row => row.SoftLabel!).ToArray() : null;
        var images = new ImageSet(set.Shape, pixels, [.. rows.Select(row => row.Label)], [.. indexes.Select(index => $"#{index}")], soft);
        return new StoredSamples(images, [.. rows.Select(row => row.Key)]);
    }

    /// <summary>Reads pixels alone.</summary>
    /// <param name="indexes">Numbers of the samples in the set, ascending.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<byte[]> ReadPixelsAsync(IReadOnlyList<int> indexes, CancellationToken cancellationToken) =>
        ReadRecordsAsync(layout.InputPixels, set.Shape.ByteLength, indexes, cancellationToken);

    /// <summary>Reads rows of the sample table alone.</summary>
    /// <param name="indexes">Their numbers in the set, ascending.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<SampleRow[]> ReadLabelsAsync(IReadOnlyList<int> indexes, CancellationToken cancellationToken) =>
        RowsIn(await ReadRecordsAsync(layout.InputSamples, RowBytes, indexes, cancellationToken));

    /// <summary>Reads the sample table alone.</summary>
    /// <param name="first">First sample.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<SampleRow[]> ReadRowsAsync(int first, int count, CancellationToken cancellationToken)
    {
        var table = new byte[count * RowBytes];
        await store.ReadAsync(layout.InputSamples, (long)first * RowBytes, table, cancellationToken);
        return RowsIn(table);
    }

    /// <summary>Reads the whole sample table, a few thousand rows at a time.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<(int Index, SampleRow Row)> ReadAllRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = 0; first < set.Count; first += RowsAtOnce)
        {
            foreach (var (i, row) in (await ReadRowsAsync(first, Math.Min(RowsAtOnce, set.Count - first), cancellationToken)).Index())
                yield return (first + i, row);
        }
    }

    private SampleRow[] RowsIn(byte[] table) => [.. Enumerable.Range(0, table.Length / RowBytes).Select(i => SampleRow.Read(table.AsSpan(i * RowBytes, RowBytes)))];

    private async Task<byte[]> ReadRecordsAsync(string name, int size, IReadOnlyList<int> indexes, CancellationToken cancellationToken)
    {
        var records = new byte[(long)indexes.Count * size];
        for (var i = 0; i < indexes.Count;)
        {
            var last = i;
            while (last + 1 < indexes.Count
                && (long)(indexes[last + 1] - indexes[last] - 1) * size <= LargestGapBytes
                && (long)(indexes[last + 1] - indexes[i] + 1) * size <= LargestReadBytes)
                last++;

            var range = new byte[(indexes[last] - indexes[i] + 1) * size];
            await store.ReadAsync(name, (long)indexes[i] * size, range, cancellationToken);
            for (var first = indexes[i]; i <= last; i++)
                range.AsSpan((indexes[i] - first) * size, size).CopyTo(records.AsSpan(i * size));
        }

        return records;
    }
}

/// <summary>Samples of the canonical set.</summary>
/// <param name="Images">Pixels and labels.</param>
/// <param name="Keys">Key of each sample.</param>
internal sealed record StoredSamples(ImageSet Images, ulong[] Keys);

/// <summary>
/// One row of a canonical set's sample table: key (u64), label (i32), then K probabilities (f32) where labels are soft; little-endian.
/// </summary>
/// <param name="Key">Number of the sample in its source; keys its random streams.</param>
/// <param name="Label">Class index.</param>
/// <param name="SoftLabel">K probabilities, or null.</param>
internal readonly record struct SampleRow(ulong Key, int Label, float[]? SoftLabel)
{
    public static int ByteLength(int classCount, bool soft) => 12 + (soft ? 4 * classCount : 0);

    public void Write(Span<byte> row)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(row, Key);
        BinaryPrimitives.WriteInt32LittleEndian(row[8..], Label);
        for (var k = 0; k < (SoftLabel?.Length ?? 0); k++)
            BinaryPrimitives.WriteSingleLittleEndian(row[(12 + (4 * k))..], SoftLabel![k]);
    }

    public static SampleRow Read(ReadOnlySpan<byte> row)
    {
        var soft = row.Length > 12 ? new float[(row.Length - 12) / 4] : null;
        for (var k = 0; k < (soft?.Length ?? 0); k++)
            soft![k] = BinaryPrimitives.ReadSingleLittleEndian(row[(12 + (4 * k))..]);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(row), BinaryPrimitives.ReadInt32LittleEndian(row[8..]), soft);
    }
}
