namespace DataCentric.Pipeline.Documents.Card;

/// <summary>Text from elsewhere (file names, class names) as text in Markdown, whatever it holds.</summary>
internal static class Markdown
{
    private const string Special = "\\`*_{}[]()#+-.!|~";

    /// <summary>One line in which nothing is markup: CommonMark lets every ASCII punctuation mark be escaped.</summary>
    public static string Text(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in text)
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
}
