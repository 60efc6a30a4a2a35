using System.Globalization;
using System.Text.Json.Serialization;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>How images in files of their own are encoded, such as <c>png</c>, <c>jpeg:95</c>, <c>webp:90</c>.</summary>
[JsonConverter(typeof(TextJsonConverter<ImageEncoding>))]
public sealed record ImageEncoding : ITextValue<ImageEncoding>
{
    private const int MaxQuality = 100;

    private ImageEncoding(ImageFileKind kind, int quality) => (Kind, Quality) = (kind, quality);

    /// <summary>PNG, which changes no pixel.</summary>
    public static ImageEncoding Png { get; } = new(ImageFileKind.Png, 0);

    /// <summary>Kind of the files.</summary>
    public ImageFileKind Kind { get; }

    /// <summary>1 to 100; 0 where no pixel changes.</summary>
    public int Quality { get; }

    /// <summary>Whether the pixels of a file are those that were encoded.</summary>
    public bool IsLossless => Quality == 0;

    /// <summary>How the files' names end.</summary>
    public string Ending => Kind switch
    {
        ImageFileKind.Jpeg => ".jpg",
        ImageFileKind.WebP => ".webp",
        _ => ".png",
    };

    /// <summary>The same kind of file where it can hold pixels as they are, else PNG.</summary>
    public ImageEncoding Lossless => Kind == ImageFileKind.WebP ? new(ImageFileKind.WebP, 0) : Png;

    /// <summary>Reads an encoding.</summary>
    /// <param name="text"><c>png</c>, or <c>jpeg</c> or <c>webp</c> with a colon and the quality.</param>
    /// <exception cref="InputException">It is none.</exception>
    public static ImageEncoding Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Png.ToString())
            return Png;
        var parts = text.Split(':');
        ImageFileKind? kind = parts[0] switch
        {
            "jpeg" => ImageFileKind.Jpeg,
            "webp" => ImageFileKind.WebP,
            _ => null,
        };
        return kind is { } known && parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= MaxQuality
            ? new(known, quality)
            : throw new InputException($"--image-format {text}: expected png, or jpeg or webp with a quality of 1 to {MaxQuality}, such as jpeg:95.");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var kind = Kind.ToString().ToLowerInvariant();
        return Quality > 0 ? string.Create(CultureInfo.InvariantCulture, $"{kind}:{Quality}") : Kind == ImageFileKind.Png ? kind : $"{kind}:lossless";
    }
}

/// <summary>Kinds of image files that are written.</summary>
public enum ImageFileKind
{
    /// <summary>PNG, 8-bit RGB.</summary>
    Png,

    /// <summary>Baseline JPEG with chroma at full resolution.</summary>
    Jpeg,

    /// <summary>WebP; lossy files have chroma at half resolution.</summary>
    WebP,
}
