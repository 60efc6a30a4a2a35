namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>How far an image is continued past each edge, in pixels.</summary>
internal readonly record struct Margins(int Top, int Bottom, int Left, int Right)
{
    /// <summary>The same on all sides.</summary>
    public static Margins All(int size) => new(size, size, size, size);
}

/// <summary>An image as floats, continued past its edges, channels interleaved: the input of a filter.</summary>
internal readonly ref struct PaddedPlane
{
    private PaddedPlane(Span<float> values, int stride, int origin, int channels)
    {
        Values = values;
        Stride = stride;
        Origin = origin;
        Channels = channels;
    }

    /// <summary>All values, row by row.</summary>
    public Span<float> Values { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Where the value of row 0, column 0, channel 0 lies.</summary>
    public int Origin { get; }

    /// <summary>Values of one pixel.</summary>
    public int Channels { get; }

    /// <summary>Distance from a pixel to the one some rows and columns away.</summary>
    public int Offset(int rows, int columns) => (rows * Stride) + (columns * Channels);

    /// <summary>Pads an image of bytes.</summary>
    public static PaddedPlane Of(
        ReadOnlySpan<byte> image, ImageShape shape, int channels, Margins margins, Border border, CorruptionScratch scratch)
    {
        var plane = Empty(shape, channels, margins, scratch);
        var length = shape.Width * channels;
        for (var y = 0; y < shape.Height; y++)
            Pixels.ToFloat(image.Slice(y * length, length), plane.Values[(plane.Origin + (y * plane.Stride))..]);
        plane.Continue(shape, margins, border, scratch);
        return plane;
    }

    /// <summary>Pads an image of floats.</summary>
    public static PaddedPlane Of(
        ReadOnlySpan<float> image, ImageShape shape, int channels, Margins margins, Border border, CorruptionScratch scratch)
    {
        var plane = Empty(shape, channels, margins, scratch);
        var length = shape.Width * channels;
        for (var y = 0; y < shape.Height; y++)
            image.Slice(y * length, length).CopyTo(plane.Values[(plane.Origin + (y * plane.Stride))..]);
        plane.Continue(shape, margins, border, scratch);
        return plane;
    }

    /// <summary>Takes values that already are an image with the same margin on all sides.</summary>
    public static PaddedPlane Wrap(Span<float> values, ImageShape padded, int channels, int margin) =>
        new(values, padded.Width * channels, ((margin * padded.Width) + margin) * channels, channels);

    private static PaddedPlane Empty(ImageShape shape, int channels, Margins margins, CorruptionScratch scratch)
    {
        var stride = (shape.Width + margins.Left + margins.Right) * channels;
        var values = scratch.Take<float>(stride * (shape.Height + margins.Top + margins.Bottom));
        return new(values, stride, (margins.Top * stride) + (margins.Left * channels), channels);
    }

    private void Continue(ImageShape shape, Margins margins, Border border, CorruptionScratch scratch)
    {
        // Which value of a row stands for each one in its margins.
        var left = scratch.Take<int>(margins.Left * Channels);
        var right = scratch.Take<int>(margins.Right * Channels);
        border.FillSources(left, -margins.Left, margins.Left, shape.Width, Channels);
        border.FillSources(right, shape.Width, margins.Left, shape.Width, Channels);
        for (var y = 0; y < shape.Height; y++)
        {
            var row = Values.Slice((margins.Top + y) * Stride, Stride);
            for (var i = 0; i < left.Length; i++)
                row[i] = row[left[i]];
            var end = row[^right.Length..];
            for (var i = 0; i < right.Length; i++)
                end[i] = row[right[i]];
        }

        for (var y = -margins.Top; y < 0; y++)
            CopyRow(margins.Top + y, margins.Top, border.Index(y, shape.Height));
        for (var y = shape.Height; y < shape.Height + margins.Bottom; y++)
            CopyRow(margins.Top + y, margins.Top, border.Index(y, shape.Height));
    }

    private void CopyRow(int to, int top, int from) =>
        Values.Slice((top + from) * Stride, Stride).CopyTo(Values.Slice(to * Stride, Stride));
}
