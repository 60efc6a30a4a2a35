namespace DataCentric.Imaging.Pictures;

/// <summary>How large an image is drawn.</summary>
/// <param name="Width">Drawn width.</param>
/// <param name="Height">Drawn height.</param>
/// <param name="CellWidth">Width of the place it is centred in.</param>
internal readonly record struct Tile(int Width, int Height, int CellWidth)
{
    /// <summary>A whole multiple for small images, a reduction for large ones.</summary>
    /// <param name="shape">The image.</param>
    /// <param name="least">The longer side is drawn at least so long: 80 makes 96 of 32 pixels.</param>
    /// <param name="most">The longer side is drawn at most so long, unless the smallest multiple is longer.</param>
    public static Tile For(ImageShape shape, int least, int most)
    {
        var side = Math.Max(shape.Height, shape.Width);
        var (width, height) = side > most
            ? (Reduced(shape.Width), Reduced(shape.Height))
            : (shape.Width * Multiple(), shape.Height * Multiple());
        return new(width, height, Math.Max(least, width));

        int Multiple() => (least + side - 1) / side;

        int Reduced(int length) => Math.Max(1, (int)Math.Round((double)length * most / side));
    }
}
