using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>A row of RGB pixels as floats, sampled between its pixels. A pixel is read and written as a vector of four, so each row has room for more than its pixels.</summary>
internal static class PixelRow
{
    private const int Channels = 3;

    /// <summary>Floats of a row of so many pixels: the last one once more, and one to fill a vector.</summary>
    public static int Length(int pixels) => (Channels * (pixels + 1)) + 1;

    /// <summary>Between two rows: upper + down (lower - upper), the last pixel twice.</summary>
    /// <param name="upper">3 N values.</param>
    /// <param name="lower">3 N values.</param>
    /// <param name="down">Share of the lower row, 0 to 1.</param>
    /// <param name="row"><see cref="Length"/> of N values.</param>
    public static void Between(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float down, Span<float> row)
    {
        Pixels.Lerp(upper, lower, down, row);
        row.Slice(upper.Length - Channels, Channels).CopyTo(row[upper.Length..]);
        row[^1] = 0;
    }

    /// <summary>Samples a row: pixel p of it + f (pixel p + 1 - pixel p).</summary>
    /// <param name="row"><see cref="Length"/> of N values.</param>
    /// <param name="places">p of each output, 0 to N - 1.</param>
    /// <param name="fractions">f of each output.</param>
    /// <param name="line"><see cref="Length"/> of as many pixels as there are places; the first three values for each of them are the samples.</param>
    public static void Sample(ReadOnlySpan<float> row, ReadOnlySpan<int> places, ReadOnlySpan<float> fractions, Span<float> line)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(line[..Length(places.Length)]);
        for (var i = 0; i < places.Length; i++)
        {
            ref var place = ref Unsafe.Add(ref from, Channels * places[i]);
            var near = Vector128.LoadUnsafe(ref place);
            var sample = near + (Vector128.Create(fractions[i]) * (Vector128.LoadUnsafe(ref place, Channels) - near));
            sample.StoreUnsafe(ref to, (nuint)(Channels * i));
        }
    }
}
