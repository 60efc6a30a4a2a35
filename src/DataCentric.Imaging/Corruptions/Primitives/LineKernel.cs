using DataCentric.Images;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// imgaug 0.4.0's motion blur of a map: a k x k kernel whose centre column fades from 1 at the top to 0 at the bottom, as bytes,
/// turned by an angle with bilinear sampling, divided by its sum, applied as correlation with mirrored borders.
/// </summary>
internal static class LineKernel
{
    /// <summary>The kernel before it is divided by its sum: values 0..255, row by row.</summary>
    /// <param name="size">Side k, odd.</param>
    /// <param name="angle">Degrees, clockwise.</param>
    /// <param name="kernel">k x k values.</param>
    /// <returns>Their sum.</returns>
    public static float Fill(int size, double angle, Span<float> kernel)
    {
        var centre = (size - 1) / 2.0;
        var (sine, cosine) = Math.SinCos(angle * Math.PI / 180);
        var sum = 0f;
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                // Where this pixel of the turned kernel comes from.
                var fromX = centre + ((x - centre) * cosine) + ((y - centre) * sine);
                var fromY = centre - ((x - centre) * sine) + ((y - centre) * cosine);
                sum += kernel[(y * size) + x] = MathF.Round((float)Bilinear(size, fromX, fromY));
            }
        }

        return sum;
    }

    /// <summary>Blurs a map of bytes given as floats.</summary>
    /// <param name="map">H x W values 0..255; receives the result, rounded.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="size">Side of the kernel, odd.</param>
    /// <param name="angle">Degrees, clockwise.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Blur(Span<float> map, ImageShape shape, int size, double angle, CorruptionScratch scratch)
    {
        var kernel = scratch.Take<float>(size * size);
        var sum = Fill(size, angle, kernel);
        var radius = size / 2;
        var plane = PaddedPlane.Of(map, shape, 1, Margins.All(radius), Border.Reflect101, scratch);
        var offsets = scratch.Take<int>(kernel.Length);
        var taps = 0;
        for (var place = 0; place < kernel.Length; place++)
        {
            if (kernel[place] == 0)
                continue;
            (kernel[taps], offsets[taps]) = (kernel[place] / sum, plane.Offset((place / size) - radius, (place % size) - radius));
            taps++;
        }

        for (var y = 0; y < shape.Height; y++)
        {
            var row = map.Slice(y * shape.Width, shape.Width);
            SparseFilter.Row(plane.Values, plane.Origin + (y * plane.Stride), offsets[..taps], kernel[..taps], row);
            Pixels.RoundInPlace(row);
        }
    }

    private static double Bilinear(int size, double x, double y)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (right, bottom) = (x - left, y - top);
        var above = (Column(size, (int)left, (int)top) * (1 - right)) + (Column(size, (int)left + 1, (int)top) * right);
        var below = (Column(size, (int)left, (int)top + 1) * (1 - right)) + (Column(size, (int)left + 1, (int)top + 1) * right);
        return (above * (1 - bottom)) + (below * bottom);
    }

    // floor(255 w) with w falling linearly from 1 to 0 down the centre column, 0 elsewhere.
    private static double Column(int size, int x, int y) =>
        x == size / 2 && y >= 0 && y < size ? Math.Floor(255.0 * (size - 1 - y) / (size - 1)) : 0;
}
