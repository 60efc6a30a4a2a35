namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>The colour between pixels.</summary>
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
}
