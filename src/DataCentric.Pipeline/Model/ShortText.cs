namespace DataCentric.Pipeline.Model;

/// <summary>Texts of others, such as reasons of failures, that are kept only so far.</summary>
internal static class ShortText
{
    /// <summary>A text, cut where it is longer; four characters then say so.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Characters of it that are kept.</param>
    public static string Of(string text, int longest) => text.Length <= longest ? text : text[..longest] + " ...";
}
