namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// One-sided motion blur (imagecorruptions 1.1.2, after ImageMagick): the image plus copies of itself shifted along a line, with
/// weights falling as half a Gaussian. Weight i is exp(-i^2 / 2 sigma^2), i = 0..2 radius, divided by the sum; copy i is shifted by
/// ceil(i sin a - 1/2) rows and ceil(i cos a - 1/2) columns; edge pixels are repeated; a shift as large as the image ends the sum.
/// </summary>
internal sealed class DirectionalBlur
{
    private readonly float[] _weights;

    /// <summary>Makes the kernel.</summary>
    /// <param name="radius">Half its length in pixels.</param>
    /// <param name="sigma">Width of the half Gaussian in pixels.</param>
    public DirectionalBlur(int radius, double sigma)
    {
        var taps = Enumerable.Range(0, (2 * radius) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        _weights = [.. taps.Select(tap => (float)(tap / taps.Sum()))];
    }

    /// <summary>Blurs an image of bytes.</summary>
    /// <param name="image">H x W x channels.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="channels">Values of a pixel.</param>
    /// <param name="angle">Direction in degrees; 0 smears leftwards, from the pixels on the right.</param>
    /// <param name="output">H x W x channels sums.</param>
    /// <param name="scratch">Buffers.</param>
    public void Apply(
        ReadOnlySpan<byte> image, ImageShape shape, int channels, double angle, Span<float> output, CorruptionScratch scratch)
    {
        var rows = scratch.Take<int>(_weights.Length);
        var columns = scratch.Take<int>(_weights.Length);
        var margins = Plan(shape, angle, rows, columns, out var taps);
        Sum(PaddedPlane.Of(image, shape, channels, margins, Border.Replicate, scratch), shape, rows[..taps], columns[..taps], output);
    }

    /// <summary>Blurs an image of floats.</summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{byte}, ImageShape, int, double, Span{float}, CorruptionScratch)"/>
    public void Apply(
        ReadOnlySpan<float> image, ImageShape shape, int channels, double angle, Span<float> output, CorruptionScratch scratch)
    {
        var rows = scratch.Take<int>(_weights.Length);
        var columns = scratch.Take<int>(_weights.Length);
        var margins = Plan(shape, angle, rows, columns, out var taps);
        Sum(PaddedPlane.Of(image, shape, channels, margins, Border.Replicate, scratch), shape, rows[..taps], columns[..taps], output);
    }

    private static Margins Plan(ImageShape shape, double angle, Span<int> rows, Span<int> columns, out int taps)
    {
        var (sine, cosine) = Math.SinCos(angle * Math.PI / 180);
        var margins = default(Margins);
        for (taps = 0; taps < rows.Length; taps++)
        {
            var (row, column) = ((int)Math.Ceiling((taps * sine) - 0.5), (int)Math.Ceiling((taps * cosine) - 0.5));
            if (Math.Abs(row) >= shape.Height || Math.Abs(column) >= shape.Width)
                break;
            (rows[taps], columns[taps]) = (row, column);
            margins = new(
                int.Max(margins.Top, -row), int.Max(margins.Bottom, row), int.Max(margins.Left, -column), int.Max(margins.Right, column));
        }

        return margins;
    }

    private void Sum(PaddedPlane plane, ImageShape shape, Span<int> rows, ReadOnlySpan<int> columns, Span<float> output)
    {
        for (var tap = 0; tap < rows.Length; tap++)
            rows[tap] = plane.Offset(rows[tap], columns[tap]);
        var length = shape.Width * plane.Channels;
        for (var y = 0; y < shape.Height; y++)
        {
            SparseFilter.Row(
                plane.Values, plane.Origin + (y * plane.Stride), rows, _weights.AsSpan(0, rows.Length), output.Slice(y * length, length));
        }
    }
}
