using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Weighted sums of neighbours: out[i] = sum over t of weight[t] * in[i + offset[t]], added in the order of the taps, each lane by
/// itself and without fused multiply-add, so that the result does not depend on the width of the vectors.
/// </summary>
internal static class SparseFilter
{
    /// <summary>Filters one row.</summary>
    /// <param name="plane">The input with its margins.</param>
    /// <param name="start">Index in the plane of the value that belongs to the first output.</param>
    /// <param name="offsets">Distance of each tap.</param>
    /// <param name="weights">Weight of each tap.</param>
    /// <param name="output">The sums.</param>
    public static void Row(
        ReadOnlySpan<float> plane, int start, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights, Span<float> output)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(plane), start);
        ref var to = ref MemoryMarshal.GetReference(output);
        var index = 0;
        for (; index <= output.Length - 32; index += 32)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (var tap = 0; tap < offsets.Length; tap++)
            {
                ref var place = ref Unsafe.Add(ref from, offsets[tap] + index);
                var weight = Vector256.Create(weights[tap]);
                a += weight * Vector256.LoadUnsafe(ref place);
                b += weight * Vector256.LoadUnsafe(ref place, 8);
                c += weight * Vector256.LoadUnsafe(ref place, 16);
                d += weight * Vector256.LoadUnsafe(ref place, 24);
            }

            a.StoreUnsafe(ref to, (nuint)index);
            b.StoreUnsafe(ref to, (nuint)(index + 8));
            c.StoreUnsafe(ref to, (nuint)(index + 16));
            d.StoreUnsafe(ref to, (nuint)(index + 24));
        }

        for (; index <= output.Length - 8; index += 8)
        {
            Vector256<float> sum = default;
            for (var tap = 0; tap < offsets.Length; tap++)
                sum += Vector256.Create(weights[tap]) * Vector256.LoadUnsafe(ref Unsafe.Add(ref from, offsets[tap] + index));
            sum.StoreUnsafe(ref to, (nuint)index);
        }

        for (; index < output.Length; index++)
        {
            var sum = 0f;
            for (var tap = 0; tap < offsets.Length; tap++)
                sum += weights[tap] * Unsafe.Add(ref from, offsets[tap] + index);
            Unsafe.Add(ref to, index) = sum;
        }
    }
}
