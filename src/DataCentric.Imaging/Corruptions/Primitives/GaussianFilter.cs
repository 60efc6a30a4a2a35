namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Separable Gaussian blur.</summary>
internal static class GaussianFilter
{
    /// <summary>Taps exp(-d^2 / 2 sigma^2), d = -radius..radius, divided by their sum.</summary>
    public static float[] Kernel(double sigma, int radius)
    {
        var taps = new double[(2 * radius) + 1];
        Fill(sigma, taps);
        return [.. taps.Select(tap => (float)tap)];
    }

    /// <summary>scipy's kernel: cut off after so many deviations, the radius rounded.</summary>
    public static float[] TruncatedKernel(double sigma, double deviations) => Kernel(sigma, (int)((deviations * sigma) + 0.5));

    /// <summary>Radius of imgaug 0.4.0's kernel: 3.3, 2.9 or 2.6 sigma wide (below 3, below 5, above), at least 5 and odd.</summary>
    public static int ImgaugRadius(double sigma)
    {
        var factor = sigma < 3 ? 3.3 : sigma < 5 ? 2.9 : 2.6;
        return (int)Math.Max(factor * sigma, 5) / 2;
    }

    /// <summary>
    /// OpenCV's kernel for bytes: taps in 1/256, the rounding error carried from tap to tap, the middle one making up the sum. Sums of
    /// bytes under it are exact in float.
    /// </summary>
    public static float[] ByteKernel(double sigma, int radius)
    {
        var taps = new float[(2 * radius) + 1];
        FillByteKernel(sigma, taps);
        return taps;
    }

    /// <inheritdoc cref="ByteKernel"/>
    public static void FillByteKernel(double sigma, Span<float> kernel)
    {
        const int One = 256;
        Span<double> taps = stackalloc double[kernel.Length];
        Fill(sigma, taps);
        var (error, side) = (0.0, 0.0);
        for (var tap = 0; tap < kernel.Length / 2; tap++)
        {
            var wanted = (taps[tap] * One) + error;
            var taken = Math.Round(wanted);
            error = wanted - taken;
            kernel[tap] = kernel[^(tap + 1)] = (float)(taken / One);
            side += taken / One;
        }

        kernel[kernel.Length / 2] = (float)(1 - (2 * side));
    }

    /// <summary>Blurs an image of floats; both passes in float.</summary>
    /// <param name="plane">The image with margins of at least the kernel's radius.</param>
    /// <param name="shape">Height and width without the margins.</param>
    /// <param name="kernel">An odd number of taps.</param>
    /// <param name="output">H x W x channels sums.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Blur(
        PaddedPlane plane, ImageShape shape, ReadOnlySpan<float> kernel, Span<float> output, CorruptionScratch scratch) =>
        Blur(plane, shape, kernel, kernel, output, scratch);

    /// <summary>Blurs an image of floats with a kernel for each direction; both passes in float.</summary>
    /// <param name="plane">The image with margins of at least the larger radius.</param>
    /// <param name="shape">Height and width without the margins.</param>
    /// <param name="down">An odd number of taps from row to row.</param>
    /// <param name="across">An odd number of taps from column to column.</param>
    /// <param name="output">H x W x channels sums.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Blur(
        PaddedPlane plane,
        ImageShape shape,
        ReadOnlySpan<float> down,
        ReadOnlySpan<float> across,
        Span<float> output,
        CorruptionScratch scratch)
    {
        var rows = scratch.Take<int>(down.Length);
        for (var tap = 0; tap < rows.Length; tap++)
            rows[tap] = plane.Offset(tap - (down.Length / 2), 0);
        var columns = scratch.Take<int>(across.Length);
        for (var tap = 0; tap < columns.Length; tap++)
            columns[tap] = (tap - (across.Length / 2)) * plane.Channels;

        var length = shape.Width * plane.Channels;
        var side = across.Length / 2 * plane.Channels;
        var row = scratch.Take<float>(length + (2 * side));
        for (var y = 0; y < shape.Height; y++)
        {
            SparseFilter.Row(plane.Values, plane.Origin - side + (y * plane.Stride), rows, down, row);
            SparseFilter.Row(row, side, columns, across, output.Slice(y * length, length));
        }
    }

    private static void Fill(double sigma, Span<double> taps)
    {
        var sum = 0.0;
        for (var tap = 0; tap < taps.Length; tap++)
        {
            double d = tap - (taps.Length / 2);
            sum += taps[tap] = Math.Exp(-d * d / (2 * sigma * sigma));
        }

        foreach (ref var tap in taps)
            tap /= sum;
    }
}
