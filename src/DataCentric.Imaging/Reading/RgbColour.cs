using System.Globalization;
using System.Text.Json.Serialization;

namespace DataCentric.Imaging.Reading;

/// <summary>An opaque colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
[JsonConverter(typeof(TextJsonConverter<RgbColour>))]
public sealed record RgbColour(byte Red, byte Green, byte Blue) : ITextValue<RgbColour>
{
    private const int Digits = 6;

    /// <summary>What lies around padded images where nothing is said.</summary>
    public static readonly RgbColour Black = new(0, 0, 0);

    /// <summary>Reads a colour.</summary>
    /// <param name="text"><c>white</c>, <c>black</c>, <c>grey</c> (128, 128, 128), or six hexadecimal digits, with or without # in front.</param>
    /// <exception cref="InputException">It is none of these.</exception>
    public static RgbColour Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.ToLowerInvariant() switch
        {
            "white" => "ffffff",
            "black" => "000000",
            "grey" or "gray" => "808080",
            var other => other.TrimStart('#'),
        };
        return digits.Length == Digits && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : throw new InputException($"'{text}' is no colour; expected white, black, grey, or six hexadecimal digits such as ff8000.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Red:x2}{Green:x2}{Blue:x2}");
}
