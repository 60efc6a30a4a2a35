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
        // One pixel is a vector of R, G, B and nothing; the border of zeros holds every tap.
        var margin = reach + 2;
        var stride = shape.Width + (2 * margin);
        var plane = scratch.TakeZeroed<Vector128<float>>(stride * (shape.Height + (2 * margin)));
        for (var y = 0; y < shape.Height; y++)
        {
            var from = source.Slice(y * shape.Width * 3, shape.Width * 3);
            var to = plane.Slice(((y + margin) * stride) + margin, shape.Width);
            for (var x = 0; x < to.Length; x++)
                to[x] = Vector128.ConvertToSingle(Vector128.Create(from[3 * x], from[(3 * x) + 1], from[(3 * x) + 2], 0));
        }

        ref var pixels = ref Unsafe.As<Vector128<float>, float>(ref MemoryMarshal.GetReference(plane));
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var i = (y * shape.Width) + x;
                var placeX = (int)MathF.Round((x - right[i]) * Steps);
                var placeY = (int)MathF.Round((y - down[i]) * Steps);
                var first = (((placeY >> 5) + margin - 1) * stride) + (placeX >> 5) + margin - 1;
                ref var along = ref Weights[4 * (placeY & (Steps - 1))];
                ref var across = ref WideWeights[16 * (placeX & (Steps - 1))];

                // A row of four taps is 16 floats: two halves of two pixels.
                Vector256<float> low = default, high = default;
                for (var row = 0; row < 4; row++)
                {
                    ref var place = ref Unsafe.Add(ref pixels, 4 * (first + (row * stride)));
                    var weight = Vector256.Create(Unsafe.Add(ref along, row));
                    low += weight * Vector256.LoadUnsafe(ref place);
                    high += weight * Vector256.LoadUnsafe(ref place, 8);
                }

                var pairs = (low * Vector256.LoadUnsafe(ref across)) + (high * Vector256.LoadUnsafe(ref across, 8));
                var colour = Vector128.ConvertToInt32Native(Vector128.MinNative(
                    Vector128.MaxNative(Vector128.Round(pairs.GetLower() + pairs.GetUpper()), Vector128<float>.Zero), Vector128.Create(255f)));
                destination[3 * i] = (byte)colour[0];
                destination[(3 * i) + 1] = (byte)colour[1];
                destination[(3 * i) + 2] = (byte)colour[2];
            }
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
}
