namespace DataCentric.Pipeline.Model;

/// <summary>The command line that asks for a request again: what differs from the defaults, and nothing else.</summary>
internal static class RepeatCommand
{
    /// <summary>The command, in the words of a POSIX shell.</summary>
    /// <param name="request">The request.</param>
    public static string Of(EnhancementRequest request)
    {
        string[] words = ["datacentric", "enhance", .. EnhancementChoices.Of(request).SelectMany(choice => Words(choice.Option, choice.Value)), "--out", "enhanced"];
        return string.Join(' ', words.Select(Quoted));
    }

    private static IEnumerable<string> Words(OptionEntry option, object value)
    {
        if (option.Members.Count == 0)
            return [$"--{option.Name}", .. option.IsSeveral ? (IEnumerable<string>)value : [OptionText.Write(value)]];
        var usual = Activator.CreateInstance(option.Type)!;
        return option.Members.Where(member => member.Differs(value, usual)).SelectMany(member => Words(member, member.Get(value)!));
    }

    private static string Quoted(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,+=%@".Contains(letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
