namespace DataCentric.Imaging.Duplicates;

/// <summary>An image, or a smaller one in its place, with its sketch: what near duplicates are looked for with.</summary>
internal sealed class Picture
{
    /// <summary>Rows and columns that <see cref="PictureReduction"/> leaves of larger images.</summary>
    public const int MostSide = 32;

    /// <summary>Describes an image.</summary>
    /// <param name="pixels">H x W x 3 bytes, which are not copied.</param>
    /// <param name="shape">Height and width.</param>
    public Picture(ReadOnlyMemory<byte> pixels, ImageShape shape) => (Pixels, Shape, Sketch) = (pixels, shape, new(pixels.Span, shape));

    /// <summary>H x W x 3 bytes.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Height and width.</summary>
    public ImageShape Shape { get; }

    /// <summary>Its short description.</summary>
    public ImageSketch Sketch { get; }

    /// <summary>The picture with left and right exchanged.</summary>
    public Picture Mirrored()
    {
        var mirrored = new byte[Pixels.Length];
        var from = Pixels.Span;
        for (var pixel = 0; pixel < Shape.PixelCount; pixel++)
        {
            var (y, x) = (pixel / Shape.Width, pixel % Shape.Width);
            var other = (y * Shape.Width) + Shape.Width - 1 - x;
            from.Slice(other * ImageShape.Channels, ImageShape.Channels).CopyTo(mirrored.AsSpan(pixel * ImageShape.Channels));
        }

        return new(mirrored, Shape);
    }

    /// <summary>32 x 32 levels of luma (ITU-R BT.601) of a picture that has no more; a smaller one's pixels are repeated.</summary>
    /// <param name="grey">Receives them.</param>
    public void Grey(Span<byte> grey)
    {
        var rgb = Pixels.Span;
        for (var y = 0; y < MostSide; y++)
        {
            var row = rgb.Slice(y * Shape.Height / MostSide * Shape.Width * ImageShape.Channels, Shape.Width * ImageShape.Channels);
            for (var x = 0; x < MostSide; x++)
            {
                var at = x * Shape.Width / MostSide * ImageShape.Channels;
                grey[(y * MostSide) + x] = (byte)((0.299f * row[at]) + (0.587f * row[at + 1]) + (0.114f * row[at + 2]) + 0.5f);
            }
        }
    }
}
