using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Canny's edges (1986) as OpenCV finds them: 3 x 3 Sobel with repeated borders, size |dx| + |dy|, thinned along the gradient in
/// steps of 45 degrees, then everything above the low threshold that hangs together with something above the high one.
/// </summary>
internal static class CannyEdges
{
    // tan 22.5 degrees in 15-bit fixed point.
    private const int Tangent = 13573;
    private const int Lanes = 8;
    private const byte Weak = 1;
    private const byte Strong = 2;

    /// <summary>Finds the edges.</summary>
    /// <param name="image">H x W levels.</param>
    /// <param name="edges">Receives 255 on edges, 0 elsewhere.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="low">Low threshold.</param>
    /// <param name="high">High threshold.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Find(ReadOnlySpan<byte> image, Span<byte> edges, ImageShape shape, int low, int high, CorruptionScratch scratch)
    {
        // Sizes and marks have a border of zeros, one pixel wide.
        var stride = shape.Width + 2;
        var sizes = scratch.TakeZeroed<int>(stride * (shape.Height + 2));
        var marks = scratch.TakeZeroed<byte>(sizes.Length);
        var across = scratch.Take<int>(shape.PixelCount);
        var along = scratch.Take<int>(shape.PixelCount);
        var plane = PaddedPlane.Of(image, shape, 1, Margins.All(1), Border.Replicate, scratch);
        for (var y = 0; y < shape.Height; y++)
        {
            var row = y * shape.Width;
            Sobel(plane, y, across.Slice(row, shape.Width), along.Slice(row, shape.Width), sizes.Slice(((y + 1) * stride) + 1, shape.Width));
        }

        var open = scratch.Take<int>(shape.PixelCount);
        var waiting = 0;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x += Lanes)
            {
                // A row has eight pixels or more; some may be looked at twice.
                x = int.Min(x, shape.Width - Lanes);
                var (i, place) = ((y * shape.Width) + x, ((y + 1) * stride) + x + 1);
                var ridges = Ridges(Eight(across, i), Eight(along, i), sizes, place, stride, low);
                var strong = Vector256.GreaterThan(Eight(sizes, place), Vector256.Create(high)).ExtractMostSignificantBits();
                for (var bits = ridges; bits != 0; bits &= bits - 1)
                {
                    var lane = BitOperations.TrailingZeroCount(bits);
                    if (marks[place + lane] != 0)
                        continue;
                    marks[place + lane] = Weak;
                    if ((strong >> lane & 1) == 0)
                        continue;
                    marks[place + lane] = Strong;
                    open[waiting++] = place + lane;
                }
            }
        }

        ReadOnlySpan<int> beside = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
        while (waiting > 0)
        {
            var place = open[--waiting];
            foreach (var step in beside)
            {
                if (marks[place + step] != Weak)
                    continue;
                marks[place + step] = Strong;
                open[waiting++] = place + step;
            }
        }

        for (var y = 0; y < shape.Height; y++)
        {
            var row = marks.Slice(((y + 1) * stride) + 1, shape.Width);
            for (var x = 0; x < row.Length; x++)
                edges[(y * shape.Width) + x] = row[x] == Strong ? (byte)255 : (byte)0;
        }
    }

    // Whole numbers, exact in floats. A row has eight pixels or more; the last eight may be computed twice.
    private static void Sobel(PaddedPlane plane, int y, Span<int> across, Span<int> along, Span<int> sizes)
    {
        ref var here = ref Unsafe.Add(ref MemoryMarshal.GetReference(plane.Values), plane.Origin + (y * plane.Stride));
        ref var above = ref Unsafe.Subtract(ref here, plane.Stride);
        ref var below = ref Unsafe.Add(ref here, plane.Stride);
        for (var x = 0; x < sizes.Length; x += 8)
        {
            x = int.Min(x, sizes.Length - 8);
            var (a, c) = (Vector256.LoadUnsafe(ref Unsafe.Add(ref above, x - 1)), Vector256.LoadUnsafe(ref Unsafe.Add(ref above, x + 1)));
            var (d, f) = (Vector256.LoadUnsafe(ref Unsafe.Add(ref here, x - 1)), Vector256.LoadUnsafe(ref Unsafe.Add(ref here, x + 1)));
            var (g, i) = (Vector256.LoadUnsafe(ref Unsafe.Add(ref below, x - 1)), Vector256.LoadUnsafe(ref Unsafe.Add(ref below, x + 1)));
            var (b, h) = (Vector256.LoadUnsafe(ref Unsafe.Add(ref above, x)), Vector256.LoadUnsafe(ref Unsafe.Add(ref below, x)));
            var right = c - a + (2 * (f - d)) + i - g;
            var down = g - a + (2 * (h - b)) + i - c;
            Vector256.ConvertToInt32Native(right).CopyTo(across[x..]);
            Vector256.ConvertToInt32Native(down).CopyTo(along[x..]);
            Vector256.ConvertToInt32Native(Vector256.Abs(right) + Vector256.Abs(down)).CopyTo(sizes[x..]);
        }
    }

    // Which of eight are larger than the threshold and than their two neighbours along the gradient; of two equal neighbours in a row or column
    // the first is kept.
    private static uint Ridges(Vector256<int> x, Vector256<int> y, ReadOnlySpan<int> sizes, int place, int stride, int low)
    {
        var size = Eight(sizes, place);
        var candidates = Vector256.GreaterThan(size, Vector256.Create(low));
        if (candidates == Vector256<int>.Zero)
            return 0;
        var (width, height) = (Vector256.Abs(x), Vector256.Abs(y) << 15);
        var flat = width * Tangent;
        var isFlat = Vector256.LessThan(height, flat);
        var isSteep = Vector256.GreaterThan(height, flat + (width << 16));
        var falls = Vector256.LessThan(x ^ y, Vector256<int>.Zero);
        var before = Vector256.ConditionalSelect(falls, Eight(sizes, place - stride + 1), Eight(sizes, place - stride - 1));
        var after = Vector256.ConditionalSelect(falls, Eight(sizes, place + stride - 1), Eight(sizes, place + stride + 1)) + Vector256<int>.One;
        before = Vector256.ConditionalSelect(isSteep, Eight(sizes, place - stride), before);
        after = Vector256.ConditionalSelect(isSteep, Eight(sizes, place + stride), after);
        before = Vector256.ConditionalSelect(isFlat, Eight(sizes, place - 1), before);
        after = Vector256.ConditionalSelect(isFlat, Eight(sizes, place + 1), after);
        return (candidates & Vector256.GreaterThan(size, before) & Vector256.GreaterThanOrEqual(size, after)).ExtractMostSignificantBits();
    }

    private static Vector256<int> Eight(ReadOnlySpan<int> values, int place) => Vector256.Create(values.Slice(place, Lanes));
}
