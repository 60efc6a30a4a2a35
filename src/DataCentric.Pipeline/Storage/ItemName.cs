namespace DataCentric.Pipeline.Storage;

/// <summary>
/// The rules for item names, in one place for every store: what a Linux or Windows file name and a blob name can all hold, and nothing that
/// leads out of the store. A name is 1 to 1024 characters: segments joined by <c>/</c>, none empty, <c>.</c> or <c>..</c>, each at most 255
/// bytes of UTF-8, without a blank at either end or a dot at the end, of printable characters other than <c>\ : * ? " &lt; &gt; |</c>, and
/// not ending with <c>.datacentric-tmp</c> (the mark of a folder's temporary files).
/// </summary>
internal static class ItemName
{
    /// <summary>Largest number of characters of a name: the limit of blob storage.</summary>
    public const int MaximumLength = 1024;

    private const int MaximumSegmentBytes = 255;
    private const string Forbidden = "\\:*?\"<>|";

    /// <summary>Checks a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The same name.</returns>
    /// <exception cref="InputException">The name breaks a rule; the message says which.</exception>
    public static string Check(string name)
    {
        return Problem(name) is { } problem ? throw new InputException($"The item name '{Printable(name)}' {problem}.") : name;
    }

    /// <summary>Checks the beginning of names: empty, or such that a name can follow from it.</summary>
    /// <param name="prefix">The prefix; it may end in the middle of a segment or with <c>/</c>.</param>
    /// <returns>The same prefix.</returns>
    /// <exception cref="InputException">No name can begin like this.</exception>
    public static string CheckPrefix(string prefix)
    {
        // A prefix may stop where a name may not, as in "a/", "a." or "a "; one more letter makes it a name if it ever can be one.
        return prefix.Length > 0 && Problem(prefix + "x") is { } problem
            ? throw new InputException($"The item prefix '{Printable(prefix)}' {problem}.")
            : prefix;
    }

    /// <summary>Whether the name keeps all rules.</summary>
    /// <param name="name">The name.</param>
    public static bool IsValid(string name) => Problem(name) is null;

    private static string? Problem(string name)
    {
        if (name.Length is 0 or > MaximumLength)
            return $"has {name.Length} characters; 1 to {MaximumLength} are possible";
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsPrintable(rune) || (rune.IsAscii && Forbidden.Contains((char)rune.Value)))
                return $"holds the character U+{rune.Value:X4}, which names must not hold";
        }
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0)
                return "begins or ends with '/' or holds '//'";
            if (segment[^1] == '.')
                return "has a segment that ends with '.'; '..' and '.' lead out of the store or to itself";
            if (segment[0] == ' ' || segment[^1] == ' ')
                return "has a segment that begins or ends with a blank";
            if (segment.EndsWith(TemporaryFile.Suffix, StringComparison.OrdinalIgnoreCase))
                return $"ends a segment with '{TemporaryFile.Suffix}', the mark of temporary files";
            if (Encoding.UTF8.GetByteCount(segment) > MaximumSegmentBytes)
                return $"has a segment of more than {MaximumSegmentBytes} bytes";
        }
        return null;
    }

    // An unpaired surrogate arrives here as the replacement character U+FFFD, which is therefore refused as well.
    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Printable(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(200))
            text.Append(IsPrintable(rune) ? rune.ToString() : "\uFFFD");
        return text.ToString();
    }
}
