namespace DataCentric.Pipeline.Documents.Card;

/// <summary>Text and addresses from elsewhere (file names, class names, licences) in Markdown, whatever they hold.</summary>
internal static class Markdown
{
    private const string InAddress = "-._~:/?#@!$&+,;=%";
    private const string Special = "\\`*_{}[]()#+-.!|~";

    /// <summary>One line in which nothing is markup: CommonMark lets every ASCII punctuation mark be escaped.</summary>
    public static string Text(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in VisibleText.Of(text))
        {
            safe.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                _ when char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                _ when Special.Contains(letter, StringComparison.Ordinal) => $"\\{letter}",
                _ => letter.ToString(),
            });
        }

        return safe.ToString();
    }

    /// <summary>A link. What could end an address in Markdown or is no part of one (RFC 3986, section 2) is percent-encoded.</summary>
    /// <param name="text">What is shown.</param>
    /// <param name="address">Where it leads.</param>
    public static string Link(string text, string address)
    {
        var safe = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(address))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || InAddress.Contains((char)value))
                safe.Append((char)value);
            else
                safe.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return $"[{Text(text)}]({safe})";
    }
}
