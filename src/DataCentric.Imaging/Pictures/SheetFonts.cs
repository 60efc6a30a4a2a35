using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>The fonts of a sheet. They come with the assembly, because a server may have none.</summary>
internal sealed class SheetFonts : IDisposable
{
    private static readonly Lazy<SKTypeface> Regular = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Load("DejaVuSans-Bold.ttf"));

    /// <summary>The heading of the sheet.</summary>
    public SKFont Title { get; } = Font(Bold.Value, 24);

    /// <summary>The name of a row.</summary>
    public SKFont Name { get; } = Font(Bold.Value, 15);

    /// <summary>Headings of columns, notes.</summary>
    public SKFont Note { get; } = Font(Regular.Value, 13);

    /// <summary>Below an image.</summary>
    public SKFont Caption { get; } = Font(Regular.Value, 12);

    /// <summary>The text, cut short with an ellipsis where it is wider than there is room.</summary>
    /// <param name="text">Any text; line breaks are drawn as spaces.</param>
    /// <param name="font">The font it is drawn with.</param>
    /// <param name="room">Width in pixels.</param>
    public static string Fit(string text, SKFont font, float room)
    {
        text = text.ReplaceLineEndings(" ");
        if (font.MeasureText(text) <= room)
            return text;
        var length = text.Length;
        while (length > 0 && font.MeasureText(text[..length].TrimEnd() + "…") > room)
            length--;
        return text[..length].TrimEnd() + "…";
    }

    public void Dispose()
    {
        foreach (var font in (SKFont[])[Title, Name, Note, Caption])
            font.Dispose();
    }

    private static SKFont Font(SKTypeface typeface, float size) =>
        new(typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(SheetFonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {name} cannot be read.");
    }
}
