using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DataCentric.Images;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Takes every pixel from a shifted place: out(x, y) = in(x - dx, y - dy), 0 outside, as OpenCV's remap does.</summary>
internal static class Remap
{
    // OpenCV rounds the place to 1/32 pixel and looks the weights up.
    private const int Steps = 32;
    private static readonly float[] Weights =
        [.. Enumerable.Range(0, Steps).SelectMany(step => CubicResize.Taps(step / (double)Steps)).Select(weight => (float)weight)];

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
        for (var i = 0; i < shape.PixelCount; i++)
        {
            plane[((i / shape.Width + margin) * stride) + (i % shape.Width) + margin] =
                Vector128.Create(source[3 * i], source[(3 * i) + 1], source[(3 * i) + 2], 0f);
        }

        ref var pixels = ref MemoryMarshal.GetReference(plane);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var i = (y * shape.Width) + x;
                var placeX = (int)MathF.Round((x - right[i]) * Steps);
                var placeY = (int)MathF.Round((y - down[i]) * Steps);
                var first = (((placeY >> 5) + margin - 1) * stride) + (placeX >> 5) + margin - 1;
                var across = Vector128.LoadUnsafe(ref Weights[4 * (placeX & (Steps - 1))]);
                var along = Vector128.LoadUnsafe(ref Weights[4 * (placeY & (Steps - 1))]);
                var sum = (Across(ref Unsafe.Add(ref pixels, first), across) * along[0])
                    + (Across(ref Unsafe.Add(ref pixels, first + stride), across) * along[1])
                    + (Across(ref Unsafe.Add(ref pixels, first + (2 * stride)), across) * along[2])
                    + (Across(ref Unsafe.Add(ref pixels, first + (3 * stride)), across) * along[3]);
                var bytes = Vector128.ConvertToInt32Native(
                    Vector128.Clamp(Vector128.Round(sum), Vector128<float>.Zero, Vector128.Create(255f)));
                (destination[3 * i], destination[(3 * i) + 1], destination[(3 * i) + 2]) =
                    ((byte)bytes[0], (byte)bytes[1], (byte)bytes[2]);
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

    private static Vector128<float> Across(ref Vector128<float> first, Vector128<float> weights) =>
        (first * weights[0]) + (Unsafe.Add(ref first, 1) * weights[1])
        + (Unsafe.Add(ref first, 2) * weights[2]) + (Unsafe.Add(ref first, 3) * weights[3]);
}
