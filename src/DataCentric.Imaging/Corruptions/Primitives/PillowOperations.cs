namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Operations of Pillow (9.4) on bytes, channel by channel, to the byte. Places: H x W x 3.</summary>
internal static class PillowOperations
{
    private const int Levels = 256;

    /// <summary><c>ImageOps.autocontrast</c>: the darkest value of a channel becomes 0, the brightest 255.</summary>
    public static void AutoContrast(Span<byte> pixels) => MapChannels(pixels, static (counts, map) =>
    {
        var (low, high) = (0, Levels - 1);
        while (low < Levels - 1 && counts[low] == 0)
            low++;
        while (high > 0 && counts[high] == 0)
            high--;
        var scale = high > low ? 255.0 / (high - low) : 1;
        var offset = high > low ? -low * scale : 0;
        for (var value = 0; value < Levels; value++)
            map[value] = (byte)Math.Clamp((int)((value * scale) + offset), 0, 255);
    });

    /// <summary><c>ImageOps.equalize</c>: each value of a channel becomes its place in the order of all.</summary>
    public static void Equalize(Span<byte> pixels) => MapChannels(pixels, static (counts, map) =>
    {
        var last = counts.LastIndexOfAnyExcept(0);
        var total = 0;
        foreach (var count in counts)
            total += count;
        var step = counts.Count(0) >= Levels - 1 ? 0 : (total - counts[last]) / 255;
        var sum = step / 2;
        for (var value = 0; value < Levels; value++)
        {
            map[value] = step == 0 ? (byte)value : (byte)Math.Min(255, sum / step);
            sum += counts[value];
        }
    });

    /// <summary><c>ImageOps.posterize</c>: keeps the upper bits.</summary>
    /// <param name="pixels">Bytes.</param>
    /// <param name="bits">Bits to keep, 1 to 8.</param>
    public static void Posterize(Span<byte> pixels, int bits)
    {
        var mask = (byte)(0xFF << (8 - bits));
        foreach (ref var value in pixels)
            value &= mask;
    }

    /// <summary><c>ImageOps.solarize</c>: values from a threshold on are inverted.</summary>
    /// <param name="pixels">Bytes.</param>
    /// <param name="threshold">0 to 256.</param>
    public static void Solarize(Span<byte> pixels, int threshold)
    {
        foreach (ref var value in pixels)
            value = value < threshold ? value : (byte)(255 - value);
    }

    /// <summary>
    /// <c>Image.transform(size, AFFINE, map, BILINEAR)</c>: out(x, y) = in(a (x + .5) + b (y + .5) + c, d (x + .5) + e (y + .5) + f), linear between the
    /// middles of pixels, the fraction cut off, 0 outside.
    /// </summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">As many, apart from the source.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="map">The map from places in the output to places in the input.</param>
    public static void Transform(ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, AffineCoefficients map)
    {
        var (height, width, stride) = (shape.Height, shape.Width, 3 * shape.Width);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var to = destination.Slice((y * stride) + (3 * x), 3);
                var inX = (map.A * (x + 0.5)) + (map.B * (y + 0.5)) + map.C;
                var inY = (map.D * (x + 0.5)) + (map.E * (y + 0.5)) + map.F;
                if (inX < 0 || inX >= width || inY < 0 || inY >= height)
                {
                    to.Clear();
                    continue;
                }

                var (left, top) = ((int)Math.Floor(inX - 0.5), (int)Math.Floor(inY - 0.5));
                var (dx, dy) = (inX - 0.5 - left, inY - 0.5 - top);
                var (first, second) = (3 * Math.Clamp(left, 0, width - 1), 3 * Math.Clamp(left + 1, 0, width - 1));
                var upper = source.Slice(Math.Clamp(top, 0, height - 1) * stride, stride);
                var lower = top + 1 >= 0 && top + 1 < height ? source.Slice((top + 1) * stride, stride) : upper;
                for (var channel = 0; channel < 3; channel++)
                {
                    var above = Between(upper[first + channel], upper[second + channel], dx);
                    var below = Between(lower[first + channel], lower[second + channel], dx);
                    to[channel] = (byte)Between(above, below, dy);
                }
            }
        }
    }

    private static double Between(double a, double b, double place) => a + ((b - a) * place);

    private static void MapChannels(Span<byte> pixels, Action<ReadOnlySpan<int>, Span<byte>> makeMap)
    {
        Span<int> counts = stackalloc int[Levels];
        Span<byte> map = stackalloc byte[Levels];
        for (var channel = 0; channel < 3; channel++)
        {
            counts.Clear();
            for (var i = channel; i < pixels.Length; i += 3)
                counts[pixels[i]]++;
            makeMap(counts, map);
            for (var i = channel; i < pixels.Length; i += 3)
                pixels[i] = map[pixels[i]];
        }
    }
}

/// <summary>x' = A x + B y + C, y' = D x + E y + F.</summary>
internal readonly record struct AffineCoefficients(double A, double B, double C, double D, double E, double F)
{
    /// <summary>The map of <c>Image.rotate</c>: round the middle, counter-clockwise.</summary>
    /// <param name="degrees">Angle.</param>
    /// <param name="shape">Height and width.</param>
    public static AffineCoefficients Rotation(double degrees, ImageShape shape)
    {
        var angle = -degrees * Math.PI / 180;
        var (cosine, sine) = (Math.Round(Math.Cos(angle), 15), Math.Round(Math.Sin(angle), 15));
        var (x, y) = (shape.Width / 2.0, shape.Height / 2.0);
        return new(cosine, sine, x - (cosine * x) - (sine * y), -sine, cosine, y + (sine * x) - (cosine * y));
    }
}
