using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// The rounded means that <see cref="SparseFilter"/> gives for a kernel and a map of whole numbers 0..255, from sums of whole numbers, two taps
/// at a time. Such a sum is exact, while the floats' may be off by one part in 2^24 for each tap; where that could round to another level,
/// the floats decide. So the levels are the same.
/// </summary>
internal readonly ref struct WholeSums
{
    private const int Lanes = 8;

    // Value p of the map in the lower half of number p, and value p + 1 in the upper half.
    private readonly ReadOnlySpan<int> _pairs;
    private readonly ReadOnlySpan<int> _offsets;
    private readonly ReadOnlySpan<int> _weights;

    private WholeSums(ReadOnlySpan<int> pairs, ReadOnlySpan<int> offsets, ReadOnlySpan<int> weights)
    {
        _pairs = pairs;
        _offsets = offsets;
        _weights = weights;
    }

    /// <summary>Whether the processor multiplies and adds pairs.</summary>
    public static bool Supported => Avx2.IsSupported;

    /// <summary>Prepares the sums.</summary>
    /// <param name="plane">The map, with margins of half the kernel.</param>
    /// <param name="kernel">size x size whole numbers 0..255.</param>
    /// <param name="size">Side of the kernel, odd.</param>
    /// <param name="scratch">Buffers.</param>
    public static WholeSums Of(PaddedPlane plane, ReadOnlySpan<float> kernel, int size, CorruptionScratch scratch)
    {
        var values = scratch.Take<float>(plane.Values.Length + 1);
        plane.Values.CopyTo(values);
        values[^1] = 0;
        var pairs = scratch.Take<int>(plane.Values.Length);
        var i = 0;
        for (; i <= pairs.Length - Lanes; i += Lanes)
        {
            var near = Vector256.ConvertToInt32Native(Vector256.Create<float>(values[i..]));
            var next = Vector256.ConvertToInt32Native(Vector256.Create<float>(values[(i + 1)..]));
            (near | (next << 16)).CopyTo(pairs[i..]);
        }

        for (; i < pairs.Length; i++)
            pairs[i] = (int)values[i] | ((int)values[i + 1] << 16);

        var offsets = scratch.Take<int>(kernel.Length);
        var weights = scratch.Take<int>(kernel.Length);
        var taps = 0;
        for (var place = 0; place < kernel.Length; place++)
        {
            if (kernel[place] == 0)
                continue;
            var (row, column) = Math.DivRem(place, size);
            var next = column + 1 < size ? (int)kernel[place + 1] : 0;
            (offsets[taps], weights[taps]) = (plane.Offset(row - (size / 2), column - (size / 2)), (int)kernel[place] | (next << 16));
            taps++;
            place += column + 1 < size ? 1 : 0;
        }

        return new(pairs, offsets[..taps], weights[..taps]);
    }

    /// <summary>The means of one row, rounded to 0..255.</summary>
    /// <param name="start">Index in the plane of the value that belongs to the first output.</param>
    /// <param name="sum">Sum of the kernel.</param>
    /// <param name="offsets">Distance of each tap, for <see cref="SparseFilter"/>.</param>
    /// <param name="shares">Weight of each tap divided by the sum, for <see cref="SparseFilter"/>.</param>
    /// <param name="plane">The map.</param>
    /// <param name="row">Receives the means.</param>
    public void Row(int start, float sum, ReadOnlySpan<int> offsets, ReadOnlySpan<float> shares, PaddedPlane plane, Span<float> row)
    {
        // Each weight, product and sum of the floats is rounded once, by 2^-24 of no more than the mean, and three steps here.
        var doubt = Vector256.Create((shares.Length + 8) / (float)(1 << 24));
        var share = Vector256.Create(1 / sum);
        ref var first = ref MemoryMarshal.GetReference(_pairs[start..]);
        ref var distances = ref MemoryMarshal.GetReference(_offsets);
        ref var weights = ref MemoryMarshal.GetReference(_weights[.._offsets.Length]);
        var taps = _offsets.Length;
        var i = 0;
        for (; i <= row.Length - (4 * Lanes); i += 4 * Lanes)
        {
            Vector256<int> a = default, b = default, c = default, d = default;
            for (var tap = 0; tap < taps; tap++)
            {
                ref var place = ref Unsafe.Add(ref first, Unsafe.Add(ref distances, tap) + i);
                var weight = Vector256.Create(Unsafe.Add(ref weights, tap)).AsInt16();
                a += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref place).AsInt16(), weight);
                b += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref place, Lanes).AsInt16(), weight);
                c += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref place, 2 * Lanes).AsInt16(), weight);
                d += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref place, 3 * Lanes).AsInt16(), weight);
            }

            var clear = Level(a, share, doubt, row[i..]) & Level(b, share, doubt, row[(i + Lanes)..])
                & Level(c, share, doubt, row[(i + (2 * Lanes))..]) & Level(d, share, doubt, row[(i + (3 * Lanes))..]);
            if (!clear)
                Exact(plane, start + i, offsets, shares, row.Slice(i, 4 * Lanes));
        }

        if (i < row.Length)
            Exact(plane, start + i, offsets, shares, row[i..]);
    }

    // Rounds the means; whether none of them lies so near to a half that floats could round it otherwise.
    private static bool Level(Vector256<int> sums, Vector256<float> share, Vector256<float> doubt, Span<float> row)
    {
        var mean = Vector256.ConvertToSingle(sums) * share;
        var level = Vector256.Round(mean);
        level.CopyTo(row);
        return Vector256.LessThanAll(Vector256.Abs(mean - level) + (mean * doubt), Vector256.Create(0.5f));
    }

    private static void Exact(PaddedPlane plane, int start, ReadOnlySpan<int> offsets, ReadOnlySpan<float> shares, Span<float> row)
    {
        SparseFilter.Row(plane.Values, start, offsets, shares, row);
        Pixels.RoundInPlace(row);
    }
}
