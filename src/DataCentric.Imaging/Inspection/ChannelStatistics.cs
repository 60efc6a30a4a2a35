namespace DataCentric.Imaging.Inspection;

/// <summary>Mean and deviation of each channel, from exact sums: the result does not depend on the size of the batches.</summary>
internal sealed class ChannelStatistics
{
    private readonly long[] _sums = new long[ImageShape.Channels];
    private readonly long[] _squares = new long[ImageShape.Channels];
    private long _pixels;

    public double[] Means => [.. _sums.Select(sum => _pixels == 0 ? 0 : (double)sum / _pixels)];

    /// <summary>sqrt(n Σx² - (Σx)²) / n, the difference in whole numbers.</summary>
    public double[] Deviations =>
        [.. _sums.Zip(_squares, (sum, square) => _pixels == 0 ? 0 : Math.Sqrt((double)Spread(sum, square)) / _pixels)];

    /// <summary>Adds pixels, RGB interleaved.</summary>
    public void Add(ReadOnlySpan<byte> pixels)
    {
        long r = 0, g = 0, b = 0, rr = 0, gg = 0, bb = 0;
        for (var i = 0; i + 2 < pixels.Length; i += ImageShape.Channels)
        {
            int red = pixels[i], green = pixels[i + 1], blue = pixels[i + 2];
            (r, g, b) = (r + red, g + green, b + blue);
            (rr, gg, bb) = (rr + (red * red), gg + (green * green), bb + (blue * blue));
        }

        (_sums[0], _sums[1], _sums[2]) = (_sums[0] + r, _sums[1] + g, _sums[2] + b);
        (_squares[0], _squares[1], _squares[2]) = (_squares[0] + rr, _squares[1] + gg, _squares[2] + bb);
        _pixels += pixels.Length / ImageShape.Channels;
    }

    private Int128 Spread(long sum, long square) => ((Int128)_pixels * square) - ((Int128)sum * sum);
}
