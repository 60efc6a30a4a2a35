using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Chroma at half resolution and back, as libjpeg does it (<c>jcsample.c</c>, <c>jdsample.c</c>).</summary>
internal static class JpegChroma
{
    private const int Lanes = 16;
    private const int Before = 1; // Where the sums of a row begin: one stands before them, one behind.

    /// <summary>Room for the sums of a row.</summary>
    /// <param name="width">Samples of the row.</param>
    public static int SumsOf(int width) => Whole(width) + Before + 1;

    /// <summary>The mean of each 2x2 samples, halves down and up by turns.</summary>
    /// <param name="upper">2 W samples, a multiple of 16.</param>
    /// <param name="lower">The row below.</param>
    /// <param name="half">W samples.</param>
    public static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> half)
    {
        var bias = Vector128.Create((ushort)1, 2, 1, 2, 1, 2, 1, 2);
        for (var x = 0; x < upper.Length; x += Lanes)
        {
            var (a, b) = (Vector128.Create(upper.Slice(x, Lanes)).AsUInt16(), Vector128.Create(lower.Slice(x, Lanes)).AsUInt16());
            var low = Vector128.Create((ushort)byte.MaxValue);
            var sum = (a & low) + (a >> 8) + (b & low) + (b >> 8) + bias;
            MemoryMarshal.Write(half[(x / 2)..], Vector128.Narrow(sum >> 2, Vector128<ushort>.Zero).AsUInt64().ToScalar());
        }
    }

    /// <summary>A row of twice the width, 3/4 of each sample from the nearer neighbour and 1/4 from the farther one in both directions.</summary>
    /// <param name="near">W samples of the nearer row, of a plane whose rows go on to a multiple of 8.</param>
    /// <param name="far">The farther row; the same at the edge of the image.</param>
    /// <param name="wide">2 W samples, and room up to a multiple of 16.</param>
    /// <param name="sums">Room of <see cref="SumsOf"/>.</param>
    public static void Double(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> wide, Span<ushort> sums)
    {
        for (var x = 0; x < near.Length; x++)
            sums[Before + x] = (ushort)((3 * near[x]) + far[x]);
        sums[0] = sums[Before];
        sums[Before + near.Length] = sums[near.Length];

        var three = Vector128.Create((ushort)3);
        for (var x = 0; x < near.Length; x += 8)
        {
            var centre = Vector128.Create<ushort>(sums.Slice(Before + x, 8)) * three;
            var left = (centre + Vector128.Create<ushort>(sums.Slice(x, 8)) + Vector128.Create((ushort)8)) >> 4;
            var right = (centre + Vector128.Create<ushort>(sums.Slice(Before + 1 + x, 8)) + Vector128.Create((ushort)7)) >> 4;
            (left | (right << 8)).AsByte().CopyTo(wide.Slice(2 * x, Lanes));
        }
    }

    private static int Whole(int length) => (length + 7) / 8 * 8;
}
