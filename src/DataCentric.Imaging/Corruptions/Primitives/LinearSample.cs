using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>The colour between pixels, linearly.</summary>
internal static class LinearSample
{
    /// <summary>Samples an RGB image of floats at a point.</summary>
    /// <param name="image">H x W x 3 values.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="y">Row, any value.</param>
    /// <param name="x">Column, any value.</param>
    /// <param name="border">What lies outside.</param>
    /// <param name="colour">Receives the three channels.</param>
    public static void Pixel(ReadOnlySpan<float> image, ImageShape shape, float y, float x, Border border, Span<float> colour)
    {
        var (top, left) = ((int)MathF.Floor(y), (int)MathF.Floor(x));
        var (down, across) = (y - top, x - left);
        var (upper, lower) = (border.Index(top, shape.Height) * shape.Width, border.Index(top + 1, shape.Height) * shape.Width);
        var (near, far) = (border.Index(left, shape.Width), border.Index(left + 1, shape.Width));
        var a = image.Slice(3 * (upper + near), 3);
        var b = image.Slice(3 * (upper + far), 3);
        var c = image.Slice(3 * (lower + near), 3);
        var d = image.Slice(3 * (lower + far), 3);
        for (var channel = 0; channel < 3; channel++)
        {
            var above = a[channel] + (across * (b[channel] - a[channel]));
            var below = c[channel] + (across * (d[channel] - c[channel]));
            colour[channel] = above + (down * (below - above));
        }
    }

    /// <summary>Samples an image at many points.</summary>
    /// <param name="image">H x W x 3 values and one more, since four floats are read for a pixel.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="ys">N rows, any values.</param>
    /// <param name="xs">N columns, any values.</param>
    /// <param name="border">What lies outside.</param>
    /// <param name="colours">Receives N x 3 values; one more is written.</param>
    public static void Pixels(
        ReadOnlySpan<float> image, ImageShape shape, ReadOnlySpan<float> ys, ReadOnlySpan<float> xs, Border border, Span<float> colours)
    {
        var i = 0;
        for (; i <= ys.Length - 8; i += 8)
            Eight(image, shape, Vector256.Create(ys.Slice(i, 8)), Vector256.Create(xs.Slice(i, 8)), border, colours.Slice(3 * i, (3 * 8) + 1));
        for (; i < ys.Length; i++)
            Pixel(image, shape, ys[i], xs[i], border, colours.Slice(3 * i, 3));
    }

    private static unsafe void Eight(ReadOnlySpan<float> image, ImageShape shape, Vector256<float> y, Vector256<float> x, Border border, Span<float> colours)
    {
        var (above, before) = (Vector256.Floor(y), Vector256.Floor(x));
        var (top, left) = (Vector256.ConvertToInt32(above), Vector256.ConvertToInt32(before));
        var outside = Vector256.LessThan(top | left, Vector256<int>.Zero)
            | Vector256.GreaterThan(top, Vector256.Create(shape.Height - 2)) | Vector256.GreaterThan(left, Vector256.Create(shape.Width - 2));
        if (outside != Vector256<int>.Zero)
        {
            for (var lane = 0; lane < 8; lane++)
                Pixel(image, shape, y[lane], x[lane], border, colours.Slice(3 * lane, 3));
            return;
        }

        var places = stackalloc int[8];
        var downs = stackalloc float[8];
        var acrosses = stackalloc float[8];
        (((top * shape.Width) + left) * 3).Store(places);
        (y - above).Store(downs);
        (x - before).Store(acrosses);
        var below = 3 * shape.Width;
        fixed (float* first = image)
        fixed (float* to = colours)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var place = first + places[lane];
                var across = Vector128.Create(acrosses[lane]);
                var (a, c) = (Vector128.Load(place), Vector128.Load(place + below));
                var upper = a + (across * (Vector128.Load(place + 3) - a));
                var lower = c + (across * (Vector128.Load(place + below + 3) - c));
                (upper + (Vector128.Create(downs[lane]) * (lower - upper))).Store(to + (3 * lane));
            }
        }
    }
}
