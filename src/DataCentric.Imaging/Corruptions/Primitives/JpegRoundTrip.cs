namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// What an image is after it was written as baseline JPEG with chroma 4:2:0 and read again, to the bit as libjpeg-turbo does both, and so Skia,
/// Pillow and OpenCV: colours apart, chroma halved (<c>h2v2_downsample</c>), each 8x8 block of the three planes quantised, chroma doubled by a triangle filter
/// (<c>h2v2_fancy_upsample</c>), colours together. Nothing is coded in between.
/// </summary>
internal sealed class JpegRoundTrip
{
    private readonly ImageShape _shape;
    private readonly JpegPlane _luma;
    private readonly JpegPlane _blue;
    private readonly JpegPlane _red;
    private readonly byte[][] _rows; // Two of Cb, then two of Cr, as wide as a plane's row of chroma doubled.
    private readonly ushort[] _sums;

    /// <summary>Makes the buffers.</summary>
    /// <param name="shape">Height and width.</param>
    public JpegRoundTrip(ImageShape shape)
    {
        var half = new ImageShape((shape.Height + 1) / 2, (shape.Width + 1) / 2);
        _shape = shape;
        (_luma, _blue, _red) = (new(shape), new(half), new(half));
        _rows = [.. Enumerable.Range(0, 4).Select(_ => new byte[2 * _blue.Stride])];
        _sums = new ushort[JpegChroma.SumsOf(half.Width)];
    }

    /// <summary>Writes and reads.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes.</param>
    /// <param name="luma">How coarse coefficients of luma are.</param>
    /// <param name="chroma">How coarse those of chroma are.</param>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> destination, JpegQuantization luma, JpegQuantization chroma)
    {
        var (blue0, blue1, red0, red1) = (_rows[0], _rows[1], _rows[2], _rows[3]);
        for (var y = 0; y < _shape.Height; y += 2)
        {
            Divide(source, y, blue0, red0);
            Divide(source, int.Min(y + 1, _shape.Height - 1), blue1, red1);
            JpegChroma.Halve(blue0, blue1, _blue.Row(y / 2));
            JpegChroma.Halve(red0, red1, _red.Row(y / 2));
        }

        _luma.Quantise(luma);
        _blue.Quantise(chroma);
        _red.Quantise(chroma);

        for (var y = 0; y < _shape.Height; y++)
        {
            Double(_blue, y, blue0);
            Double(_red, y, red0);
            JpegColours.Join(_luma.Row(y), blue0, red0, Row(destination, y));
        }
    }

    private void Divide(ReadOnlySpan<byte> source, int y, Span<byte> blue, Span<byte> red)
    {
        var width = _shape.Width;
        var luma = _luma.Row(y);
        JpegColours.Divide(source.Slice(y * 3 * width, 3 * width), luma, blue, red);
        luma[width..].Fill(luma[width - 1]);
        blue[width..].Fill(blue[width - 1]);
        red[width..].Fill(red[width - 1]);
    }

    private void Double(JpegPlane plane, int y, Span<byte> wide)
    {
        var near = y / 2;
        var far = int.Clamp(y % 2 == 0 ? near - 1 : near + 1, 0, plane.Height - 1);
        JpegChroma.Double(plane.Row(near)[..plane.Width], plane.Row(far), wide, _sums);
    }

    private Span<byte> Row(Span<byte> pixels, int y) => pixels.Slice(y * 3 * _shape.Width, 3 * _shape.Width);
}
