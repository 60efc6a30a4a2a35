namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// imgaug 0.4.0's motion blur of a map: a k x k kernel whose centre column fades from 1 at the top to 0 at the bottom, as bytes,
/// turned by an angle with bilinear sampling, divided by its sum, applied as correlation with mirrored borders.
/// </summary>
internal static class LineKernel
{
    // A kernel of fewer taps is no work that the preparation would pay for.
    private const int LeastWholeSums = 9;

    /// <summary>The kernel before it is divided by its sum: values 0..255, row by row.</summary>
    /// <param name="size">Side k, odd.</param>
    /// <param name="angle">Degrees, clockwise.</param>
    /// <param name="kernel">k x k values.</param>
    /// <returns>Their sum.</returns>
    public static float Fill(int size, double angle, Span<float> kernel)
    {
        var centre = size / 2;
        var (sine, cosine) = Math.SinCos(angle * Math.PI / 180);
        Span<double> column = stackalloc double[size + 2];
        column.Clear();
        for (var y = 0; y < size; y++)
            column[y + 1] = Math.Floor(255.0 * (size - 1 - y) / (size - 1));

        var sum = 0f;
        kernel[..(size * size)].Clear();
        for (var y = -centre; y <= centre; y++)
        {
            // Only where |x cosine + y sine| < 1, and a pixel more for rounding.
            var (middle, reach) = Math.Abs(cosine) > 1e-3 ? (-y * sine / cosine, (1 / Math.Abs(cosine)) + 1) : (0, centre);
            var first = (int)Math.Max(-centre, Math.Floor(middle - reach));
            var last = (int)Math.Min(centre, Math.Ceiling(middle + reach));
            for (var x = first; x <= last; x++)
            {
                // Where this pixel of the turned kernel comes from; only the centre column holds anything.
                var share = 1 - Math.Abs((x * cosine) + (y * sine));
                var from = centre + 1 - (x * sine) + (y * cosine);
                ref var value = ref kernel[((y + centre) * size) + x + centre];
                value = share > 0 && from > 0 && from < size + 1 ? MathF.Round((float)(share * Linear(column, from))) : 0;
                sum += value;
            }
        }

        return sum;
    }

    /// <summary>Blurs a map of bytes given as floats.</summary>
    /// <param name="map">H x W whole numbers 0..255; receives the result, rounded.</param>
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
        var pays = WholeSums.Supported && size >= LeastWholeSums;
        var whole = pays ? WholeSums.Of(plane, kernel, size, scratch) : default;
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
            var start = plane.Origin + (y * plane.Stride);
            if (pays)
            {
                whole.Row(start, sum, offsets[..taps], kernel[..taps], plane, row);
                continue;
            }

            SparseFilter.Row(plane.Values, start, offsets[..taps], kernel[..taps], row);
            Pixels.RoundInPlace(row);
        }
    }

    private static double Linear(ReadOnlySpan<double> values, double place)
    {
        var first = (int)place;
        return (values[first] * (1 - (place - first))) + (values[first + 1] * (place - first));
    }
}
