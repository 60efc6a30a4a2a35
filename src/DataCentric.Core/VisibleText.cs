using System.Globalization;
using System.Text;

namespace DataCentric;

/// <summary>
/// Text from elsewhere (names of files, classes, members of archives) as people can see it. Characters that steer a terminal or turn the
/// direction of what follows are shown by their number, such as <c>\u001B</c>; a name can then neither colour, move nor hide anything.
/// </summary>
public static class VisibleText
{
    private const int ZeroWidthNonJoiner = 0x200C; // parts of ordinary words in Persian, and of emoji
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The text with such characters escaped; line feeds and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.EnumerateRunes().All(IsVisible))
            return text;
        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
                visible.Append(rune.ToString());
            else
                visible.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return visible.ToString();
    }

    private static bool IsVisible(Rune rune) => rune.Value is '\n' or '\t' or ZeroWidthNonJoiner or ZeroWidthJoiner
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
