namespace DataCentric.Imaging.Pictures;

/// <summary>A few images of one class.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Images">Some of its images, each H x W x 3 bytes.</param>
/// <param name="Note">Small text below the name, such as the number of images, or null.</param>
internal sealed record DataSetSheetClass(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Images, string? Note = null);

/// <summary>Draws what a data set is: for each class a row of its images, enlarged with hard pixels where they are small.</summary>
public static class DataSetSheet
{
    /// <summary>Classes that are drawn; of a set with more, the first ones are, and a line says how many are not.</summary>
    public const int MaxClasses = 100;

    private const int LabelWidth = 168;
    private const int Gap = 6;
    private const int SmallestTile = 80;
    private const int LargestTile = 160;

    /// <summary>How many images of a shape fit side by side: a good number to collect for each class.</summary>
    /// <param name="shape">Shape of the images.</param>
    public static int ImagesPerClass(ImageShape shape) =>
        Math.Max(1, (Sheet.MaxWidth - (2 * Sheet.Margin) - LabelWidth + Gap) / (TileOf(shape).CellWidth + Gap));

    /// <summary>Draws the sheet.</summary>
    /// <param name="title">Heading, such as the name of the data set.</param>
    /// <param name="subtitle">Second line, such as counts and shape, or null.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="classes">The rows, in label order; images beyond those that fit in one row are left out.</param>
    /// <returns>A PNG file; equal contents give equal bytes on the same system.</returns>
    /// <exception cref="ArgumentException">An image is not of the shape.</exception>
    internal static byte[] Draw(string title, string? subtitle, ImageShape shape, IReadOnlyList<DataSetSheetClass> classes)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(classes);
        var tile = TileOf(shape);
        var rows = classes.Take(MaxClasses).ToArray();
        var columns = Math.Min(ImagesPerClass(shape), Math.Max(1, rows.Select(row => row.Images.Count).DefaultIfEmpty(1).Max()));
        var width = (2 * Sheet.Margin) + LabelWidth + (columns * (tile.CellWidth + Gap)) - Gap;
        var more = classes.Count - rows.Length;
        var height = Sheet.HeaderHeight + (rows.Length * (tile.Height + Gap)) + (more > 0 ? 28 : 0) + Sheet.Margin;
        using var sheet = new Sheet(width, height, title, subtitle);
        var top = Sheet.HeaderHeight;
        foreach (var row in rows)
        {
            sheet.RowName(row.Name, row.Note, Sheet.Margin, top + (tile.Height / 2), LabelWidth - 16);
            for (var i = 0; i < Math.Min(columns, row.Images.Count); i++)
                sheet.Image(row.Images[i].Span, shape, tile, Sheet.Margin + LabelWidth + (i * (tile.CellWidth + Gap)), top);
            top += tile.Height + Gap;
        }

        if (more > 0)
            sheet.Caption($"and {more} more classes", Sheet.Margin, top + 20, width - (2 * Sheet.Margin));
        return sheet.ToPng();
    }

    private static Tile TileOf(ImageShape shape) => Tile.For(shape, SmallestTile, LargestTile);
}
