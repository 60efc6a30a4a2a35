using System.Globalization;
using System.Text.Json.Serialization;

namespace DataCentric.Imaging.Reading;

/// <summary>A size and how images come to it, such as <c>224</c>, <c>160x240:pad</c>.</summary>
/// <param name="Shape">Height and width of the result, 8 to 1024 each.</param>
/// <param name="Fit">What becomes of images of other proportions.</param>
[JsonConverter(typeof(TextJsonConverter<ResizeRule>))]
public sealed record ResizeRule(ImageShape Shape, ResizeFit Fit = ResizeFit.Crop) : ITextValue<ResizeRule>
{
    /// <summary>Reads a rule.</summary>
    /// <param name="text">Height and width with an x between, or one side for both; then, after a colon, the fit.</param>
    /// <exception cref="InputException">It is not one, or a side is outside 8..1024.</exception>
    public static ResizeRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var sides = parts[0].Split('x');
        if (parts.Length > 2 || sides.Length > 2 || !sides.All(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw NotARule(text);
        var fit = ResizeFit.Crop;
        if (parts.Length == 2 && (!Enum.TryParse(parts[1], ignoreCase: true, out fit) || int.TryParse(parts[1], out _)))
            throw NotARule(text);
        var shape = new ImageShape(int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[^1], CultureInfo.InvariantCulture));
        return new(shape.Validated($"--resize {text}"), fit);
    }

    /// <inheritdoc/>
    public override string ToString() => Fit == ResizeFit.Crop ? $"{Shape}" : $"{Shape}:{Fit.ToString().ToLowerInvariant()}";

    private static InputException NotARule(string text) =>
        new($"--resize {text}: expected a side such as 224, or a height and a width such as 160x240, and after it :crop, :pad, :stretch or nothing.");
}

/// <summary>What becomes of images whose proportions are not those of the size.</summary>
public enum ResizeFit
{
    /// <summary>Scaled until they cover the size; what sticks out is cut off on both sides alike.</summary>
    Crop,

    /// <summary>Scaled until they fit in; the rest is one colour on both sides alike.</summary>
    Pad,

    /// <summary>Scaled by different factors in height and width.</summary>
    Stretch,
}
