using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>A white page to draw labels and enlarged images on. Lengths are pixels.</summary>
internal sealed class Sheet : IDisposable
{
    /// <summary>Space around everything.</summary>
    public const int Margin = 32;

    /// <summary>Widest sheet, unless one sample alone is wider.</summary>
    public const int MaxWidth = 1600;

    /// <summary>Narrowest sheet, so that a title has room.</summary>
    public const int MinWidth = 640;

    /// <summary>Where the rows begin, below title and subtitle.</summary>
    public const int HeaderHeight = 96;

    private static readonly SKColor Ink = new(0x1B, 0x1F, 0x24);
    private static readonly SKColor Faint = new(0x5F, 0x67, 0x70);
    private static readonly SKColor Frame = new(0xC9, 0xCE, 0xD4);
    private static readonly SKColor Hairline = new(0xE3, 0xE6, 0xEA);

    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <summary>An empty page with its title; it may become wider than asked for.</summary>
    public Sheet(int width, int height, string title, string? subtitle)
    {
        width = Math.Max(width, MinWidth);
        _bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
        _canvas.Clear(SKColors.White);
        Write(title, Fonts.Title, Margin, Margin + 22, width - (2 * Margin), Ink);
        if (subtitle is not null)
            Write(subtitle, Fonts.Note, Margin, Margin + 46, width - (2 * Margin), Faint);
    }

    private SheetFonts Fonts { get; } = new();

    /// <summary>The name of a row, with a note below, around a middle line.</summary>
    public void RowName(string name, string? note, int left, int middle, int room)
    {
        Write(name, Fonts.Name, left, middle + (note is null ? 5 : -3), room, Ink);
        if (note is not null)
            Write(note, Fonts.Caption, left, middle + 15, room, Faint);
    }

    /// <summary>The heading of a column, centred above it.</summary>
    public void Heading(string text, int left, int baseline, int room)
    {
        text = SheetFonts.Fit(text, Fonts.Note, room);
        Write(text, Fonts.Note, left + ((room - Fonts.Note.MeasureText(text)) / 2), baseline, room, Faint);
    }

    /// <summary>Small text below an image.</summary>
    public void Caption(string text, int left, int baseline, int room) => Write(text, Fonts.Caption, left, baseline, room, Faint);

    /// <summary>A thin line across the page.</summary>
    public void Rule(int y)
    {
        _paint.Color = Hairline;
        _canvas.DrawRect(Margin, y, _bitmap.Width - (2 * Margin), 1, _paint);
    }

    /// <summary>A filled rectangle.</summary>
    public void Box(float left, float top, float width, float height, SKColor colour)
    {
        _paint.Color = colour;
        _canvas.DrawRect(left, top, width, height, _paint);
    }

    /// <summary>A line from point to point.</summary>
    public void Line(float fromX, float fromY, float toX, float toY, SKColor colour, float width = 1)
    {
        _paint.Color = colour;
        _paint.StrokeWidth = width;
        _canvas.DrawLine(fromX, fromY, toX, toY, _paint);
    }

    /// <summary>A filled circle.</summary>
    public void Dot(float x, float y, float radius, SKColor colour)
    {
        _paint.Color = colour;
        _canvas.DrawCircle(x, y, radius, _paint);
    }

    /// <summary>An image in its tile: enlarged with hard pixels, or reduced smoothly.</summary>
    public void Image(ReadOnlySpan<byte> rgb, ImageShape shape, Tile tile, int left, int top)
    {
        using var bitmap = RgbImage.ToBitmap(rgb, shape);
        using var image = SKImage.FromBitmap(bitmap);
        var x = left + ((tile.CellWidth - tile.Width) / 2);
        _paint.Color = Frame; // so that white images keep their edges on the white page
        _canvas.DrawRect(x - 1, top - 1, tile.Width + 2, tile.Height + 2, _paint);
        var sampling = tile.Width >= shape.Width
            ? new SKSamplingOptions(SKFilterMode.Nearest)
            : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        _canvas.DrawImage(image, SKRect.Create(x, top, tile.Width, tile.Height), sampling);
    }

    /// <summary>The page as a PNG file.</summary>
    public byte[] ToPng()
    {
        _canvas.Flush();
        return RgbImage.EncodePng(_bitmap);
    }

    public void Dispose()
    {
        _paint.Dispose();
        Fonts.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private void Write(string text, SKFont font, float left, float baseline, float room, SKColor colour)
    {
        _paint.Color = colour;
        _canvas.DrawText(SheetFonts.Fit(text, font, room), left, baseline, SKTextAlign.Left, font, _paint);
    }
}
