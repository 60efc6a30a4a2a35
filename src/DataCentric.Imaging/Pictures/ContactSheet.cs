namespace DataCentric.Imaging.Pictures;

/// <summary>One image before and after.</summary>
/// <param name="Clean">H x W x 3 bytes.</param>
/// <param name="Result">H x W x 3 bytes.</param>
/// <param name="Caption">Drawn below, such as the name of the class.</param>
public sealed record ContactSheetSample(ReadOnlyMemory<byte> Clean, ReadOnlyMemory<byte> Result, string Caption);

/// <summary>One row of the sheet; it takes several lines where its samples do not fit in one.</summary>
/// <param name="Name">What was done, such as <c>adversarial</c> or <c>rain</c>.</param>
/// <param name="Samples">A few samples.</param>
/// <param name="Note">Small text below the name, such as the number of samples, or null.</param>
public sealed record ContactSheetGroup(string Name, IReadOnlyList<ContactSheetSample> Samples, string? Note = null);

/// <summary>
/// Draws what was done to a data set: for each role and kind a row of samples, each as clean | result | difference, where the
/// difference is grey 128 + 8 x (result - clean), clamped. Small images are enlarged to a whole multiple with hard pixels.
/// </summary>
public static class ContactSheet
{
    /// <summary>How many times a difference is amplified.</summary>
    public const int Amplification = 8;

    private const int Grey = 128;
    private const int LabelWidth = 168;
    private const int TileGap = 4;
    private const int SampleGap = 28;
    private const int HeadingHeight = 28;
    private const int CaptionHeight = 22;
    private const int RowGap = 16;
    private const int SmallestTile = 92; // the longest heading has room above it
    private const int LargestTile = 104; // four samples fit side by side

    private static readonly string[] Headings = ["clean", "result", $"difference ×{Amplification}"];

    /// <summary>How many samples of a shape fit side by side: a good number to collect for each group.</summary>
    /// <param name="shape">Shape of the images.</param>
    public static int SamplesPerLine(ImageShape shape) =>
        Math.Max(1, (Sheet.MaxWidth - (2 * Sheet.Margin) - LabelWidth + SampleGap) / (SampleWidth(TileOf(shape)) + SampleGap));

    /// <summary>Draws the sheet.</summary>
    /// <param name="title">Heading, such as the name of the data set.</param>
    /// <param name="subtitle">Second line, such as profile, seed and split, or null.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="groups">The rows in order; groups without samples are left out.</param>
    /// <returns>A PNG file; equal contents give equal bytes on the same system.</returns>
    /// <exception cref="ArgumentException">An image is not of the shape.</exception>
    public static byte[] Draw(string title, string? subtitle, ImageShape shape, IReadOnlyList<ContactSheetGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(groups);
        ContactSheetGroup[] rows = [.. groups.Where(group => group.Samples.Count > 0)];
        var tile = TileOf(shape);
        var perLine = Math.Min(SamplesPerLine(shape), rows.Length == 0 ? 1 : rows.Max(row => row.Samples.Count));
        var lineHeight = tile.Height + CaptionHeight + RowGap;
        var lines = rows.Sum(row => Lines(row, perLine));
        var width = (2 * Sheet.Margin) + LabelWidth + (perLine * (SampleWidth(tile) + SampleGap)) - SampleGap;
        using var sheet = new Sheet(width, Sheet.HeaderHeight + HeadingHeight + (lines * lineHeight) + Sheet.Margin, title, subtitle);
        for (var column = 0; column < perLine * Headings.Length && rows.Length > 0; column++)
        {
            var left = Left(column / Headings.Length, column % Headings.Length, tile);
            sheet.Heading(Headings[column % Headings.Length], left, Sheet.HeaderHeight + 12, tile.CellWidth);
        }

        var top = Sheet.HeaderHeight + HeadingHeight;
        foreach (var row in rows)
        {
            sheet.Rule(top - (RowGap / 2) + 3);
            sheet.RowName(row.Name, row.Note, Sheet.Margin, top + (RowGap / 2) + (tile.Height / 2), LabelWidth - 16);
            for (var i = 0; i < row.Samples.Count; i++)
                DrawSample(sheet, row.Samples[i], shape, tile, i % perLine, top + (RowGap / 2) + (i / perLine * lineHeight));
            top += Lines(row, perLine) * lineHeight;
        }

        return sheet.ToPng();
    }

    /// <summary>The amplified difference of two images: 128 + 8 x (result - clean), clamped to 0..255.</summary>
    /// <param name="clean">Any number of bytes.</param>
    /// <param name="result">As many.</param>
    public static byte[] Difference(ReadOnlySpan<byte> clean, ReadOnlySpan<byte> result)
    {
        if (clean.Length != result.Length)
            throw new ArgumentException($"{clean.Length} clean and {result.Length} result bytes.", nameof(result));
        var difference = new byte[clean.Length];
        for (var i = 0; i < difference.Length; i++)
            difference[i] = (byte)Math.Clamp(Grey + (Amplification * (result[i] - clean[i])), byte.MinValue, byte.MaxValue);
        return difference;
    }

    private static void DrawSample(Sheet sheet, ContactSheetSample sample, ImageShape shape, Tile tile, int column, int top)
    {
        sheet.Image(sample.Clean.Span, shape, tile, Left(column, 0, tile), top);
        sheet.Image(sample.Result.Span, shape, tile, Left(column, 1, tile), top);
        sheet.Image(Difference(sample.Clean.Span, sample.Result.Span), shape, tile, Left(column, 2, tile), top);
        sheet.Caption(sample.Caption, Left(column, 0, tile), top + tile.Height + 15, SampleWidth(tile));
    }

    private static Tile TileOf(ImageShape shape) => Tile.For(shape, SmallestTile, LargestTile);

    private static int SampleWidth(Tile tile) => (Headings.Length * (tile.CellWidth + TileGap)) - TileGap;

    private static int Left(int sample, int part, Tile tile) =>
        Sheet.Margin + LabelWidth + (sample * (SampleWidth(tile) + SampleGap)) + (part * (tile.CellWidth + TileGap));

    private static int Lines(ContactSheetGroup row, int perLine) => (row.Samples.Count + perLine - 1) / perLine;
}
