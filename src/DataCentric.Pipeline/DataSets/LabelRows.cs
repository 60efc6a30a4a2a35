using System.Runtime.InteropServices;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Rows of <c>label.npy</c>: float32 (N, K), one-hot where the source holds class indexes.</summary>
internal static class LabelRows
{
    public static byte[] Encode(ReadOnlySpan<SampleRow> rows, int classCount)
    {
        var values = new float[rows.Length * classCount];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].SoftLabel is { } soft)
                soft.CopyTo(values, i * classCount);
            else
                values[(i * classCount) + rows[i].Label] = 1;
        }

        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    /// <summary>Whether a row is that of one class index: 1 at its place, else 0.</summary>
    public static bool IsOneHot(ReadOnlySpan<byte> row, int label)
    {
        var values = MemoryMarshal.Cast<byte, float>(row);
        return (uint)label < (uint)values.Length && values[label] == 1
            && !values[..label].ContainsAnyExcept(0f) && !values[(label + 1)..].ContainsAnyExcept(0f);
    }

    /// <summary>Class index of one row: the place of its largest value.</summary>
    public static int LabelOf(ReadOnlySpan<byte> row)
    {
        var values = MemoryMarshal.Cast<byte, float>(row);
        var best = 0;
        for (var k = 1; k < values.Length; k++)
            best = values[k] > values[best] ? k : best;
        return best;
    }
}
