using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Takes every pixel from a shifted place: out(x, y) = in(x - dx, y - dy), 0 outside, as OpenCV's remap does.</summary>
internal static class Remap
{
    // OpenCV rounds the place to 1/32 pixel and looks the weights up.
    private const int Steps = 32;
    // Four weights for each step, and the same with each weight repeated for the four floats of a pixel.
    private static readonly float[] Weights =
        [.. Enumerable.Range(0, Steps).SelectMany(step => CubicResize.Taps(step / (double)Steps)).Select(weight => (float)weight)];

    private static readonly float[] WideWeights = [.. Weights.SelectMany(weight => Enumerable.Repeat(weight, 4))];

    /// <summary>Cubic between pixels (A = -0.75).</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="right">dx of each pixel.</param>
    /// <param name="down">dy of each pixel.</param>
    /// <param name="reach">Whole pixels that no shift exceeds.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Cubic(
        ReadOnlySpan<byte> source,
        Span<byte> destination,
        ImageShape shape,
        ReadOnlySpan<float> right,
        ReadOnlySpan<float> down,
        int reach,
        CorruptionScratch scratch)
    {
        // One pixel is a vector of R, G, B and anything; the border of zeros holds every tap.
        var margin = reach + 2;
        var stride = shape.Width + (2 * margin);
        var plane = scratch.TakeZeroed<Vector128<float>>(stride * (shape.Height + (2 * margin)));
        var row = scratch.TakeZeroed<float>(PixelRow.Length(shape.Width));
        var wide = shape.Width * 3;
        for (var y = 0; y < shape.Height; y++)
        {
            Pixels.ToFloat(source.Slice(y * wide, wide), row);
            var to = plane.Slice(((y + margin) * stride) + margin, shape.Width);
            for (var x = 0; x < to.Length; x++)
                to[x] = Vector128.Create<float>(row.Slice(3 * x, 4));
        }

        ref var pixels = ref Unsafe.As<Vector128<float>, float>(ref MemoryMarshal.GetReference(plane));
        var columns = scratch.Take<int>(shape.Width);
        var rows = scratch.Take<int>(shape.Width);
        for (var y = 0; y < shape.Height; y++)
        {
            Places(right.Slice(y * shape.Width, shape.Width), 0, 1, columns);
            Places(down.Slice(y * shape.Width, shape.Width), y, 0, rows);
            for (var x = 0; x < columns.Length; x++)
            {
                var (placeX, placeY) = (columns[x], rows[x]);
                var first = (((placeY >> 5) + margin - 1) * stride) + (placeX >> 5) + margin - 1;
                Pixel(ref Unsafe.Add(ref pixels, 4 * first), 4 * stride, placeX & (Steps - 1), placeY & (Steps - 1)).StoreUnsafe(ref row[3 * x]);
            }

            Pixels.Round8(row[..wide], destination.Slice(y * wide, wide));
        }
    }

    /// <summary>The nearest pixel, halves to even.</summary>
    /// <inheritdoc cref="Cubic"/>
    public static void Nearest(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ReadOnlySpan<float> right, ReadOnlySpan<float> down)
    {
        for (var i = 0; i < shape.PixelCount; i++)
        {
            var x = (int)MathF.Round((i % shape.Width) - right[i]);
            var y = (int)MathF.Round((i / shape.Width) - down[i]);
            var to = destination.Slice(3 * i, 3);
            if ((uint)x < (uint)shape.Width && (uint)y < (uint)shape.Height)
                source.Slice(3 * ((y * shape.Width) + x), 3).CopyTo(to);
            else
                to.Clear();
        }
    }

    // In steps of 1/32 pixel: (start + i step) - shift[i].
    private static void Places(ReadOnlySpan<float> shifts, int start, int step, Span<int> places)
    {
        var i = 0;
        var at = Vector256.ConvertToSingle(Vector256.Create(start) + (Vector256<int>.Indices * step));
        for (; i <= shifts.Length - 8; i += 8)
        {
            var place = Vector256.Round((at - Vector256.Create(shifts.Slice(i, 8))) * Steps);
            Vector256.ConvertToInt32Native(place).CopyTo(places[i..]);
            at += Vector256.Create(8f * step);
        }

        for (; i < shifts.Length; i++)
            places[i] = (int)MathF.Round((start + (i * step) - shifts[i]) * Steps);
    }

    // The weighted sum of 4 x 4 pixels, R, G, B and anything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pixel(ref float first, int stride, int stepX, int stepY)
    {
        ref var along = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Weights), 4 * stepY);
        ref var across = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(WideWeights), 16 * stepX);

        // A row of four taps is 16 floats: two halves of two pixels.
        Vector256<float> low = default, high = default;
        for (var row = 0; row < 4; row++)
        {
            var weight = Vector256.Create(Unsafe.Add(ref along, row));
            low += weight * Vector256.LoadUnsafe(ref first);
            high += weight * Vector256.LoadUnsafe(ref first, 8);
            first = ref Unsafe.Add(ref first, stride);
        }

        var pairs = (low * Vector256.LoadUnsafe(ref across)) + (high * Vector256.LoadUnsafe(ref across, 8));
        return pairs.GetLower() + pairs.GetUpper();
    }
}
