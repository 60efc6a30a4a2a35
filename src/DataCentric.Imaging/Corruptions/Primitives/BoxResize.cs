using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Pillow's BOX filter along one side: output i is the plain mean of the input pixels whose centres lie within half an output pixel
/// of its own, in 22-bit fixed point, rounded to a byte after each direction, across first.
/// </summary>
internal sealed class BoxResize
{
    private const int Bits = 22;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weight;

    /// <summary>Makes the table.</summary>
    /// <param name="from">Length of the input.</param>
    /// <param name="to">Length of the output.</param>
    public BoxResize(int from, int to)
    {
        (From, To) = (from, to);
        (_first, _count, _weight) = (new int[to], new int[to], new int[to]);
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var low = int.Max(0, (int)(centre - (0.5 * stretch) + 0.5));
            var high = int.Min(from, (int)(centre + (0.5 * stretch) + 0.5));
            var inside = Enumerable.Range(low, high - low)
                .Where(x => (x - centre + 0.5) / stretch is > -0.5 and <= 0.5)
                .ToArray();
            (_first[i], _count[i], _weight[i]) = (inside[0], inside.Length, (int)(0.5 + ((double)(1 << Bits) / inside.Length)));
        }
    }

    /// <summary>Length of the input.</summary>
    public int From { get; }

    /// <summary>Length of the output.</summary>
    public int To { get; }

    /// <summary>Resizes an RGB image.</summary>
    /// <param name="input">rows.From x columns.From x 3 bytes.</param>
    /// <param name="rows">Table of the height.</param>
    /// <param name="columns">Table of the width.</param>
    /// <param name="output">rows.To x columns.To x 3 bytes.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Resize(
        ReadOnlySpan<byte> input, BoxResize rows, BoxResize columns, Span<byte> output, CorruptionScratch scratch)
    {
        var length = columns.To * 3;
        var narrow = scratch.Take<byte>(rows.From * length);
        for (var y = 0; y < rows.From; y++)
            columns.Across(input.Slice(y * columns.From * 3, columns.From * 3), narrow.Slice(y * length, length));
        for (var y = 0; y < rows.To; y++)
            rows.Down(narrow, y, output.Slice(y * length, length));
    }

    private void Across(ReadOnlySpan<byte> input, Span<byte> output)
    {
        for (var i = 0; i < To; i++)
        {
            var (red, green, blue) = (0, 0, 0);
            for (var from = input.Slice(3 * _first[i], 3 * _count[i]); !from.IsEmpty; from = from[3..])
            {
                red += from[0];
                green += from[1];
                blue += from[2];
            }

            var weight = _weight[i];
            var to = output.Slice(3 * i, 3);
            (to[0], to[1], to[2]) = (Mean(red, weight), Mean(green, weight), Mean(blue, weight));
        }
    }

    private void Down(ReadOnlySpan<byte> input, int row, Span<byte> output)
    {
        var (weight, length) = (_weight[row], output.Length);
        var rows = input.Slice(_first[row] * length, _count[row] * length);
        var x = 0;
        for (; x <= length - EightBytes.Count; x += EightBytes.Count)
        {
            var sum = Vector256<int>.Zero;
            for (var place = x; place < rows.Length; place += length)
                sum += EightBytes.Read(rows[place..]);
            EightBytes.Write(((sum * weight) + Vector256.Create(1 << (Bits - 1))) >> Bits, output[x..]);
        }

        for (; x < length; x++)
        {
            var sum = 0;
            for (var place = x; place < rows.Length; place += length)
                sum += rows[place];
            output[x] = Mean(sum, weight);
        }
    }

    /// <summary>Below 2^30 before the shift: at most 255 for each of the weights, which are 2^22 together but for their rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Mean(int sum, int weight) => (byte)int.Min(255, ((sum * weight) + (1 << (Bits - 1))) >> Bits);
}
