namespace DataCentric.Pipeline.Model;

/// <summary>The command line that asks for a request again: what differs from the defaults, and nothing else.</summary>
internal static class RepeatCommand
{
    /// <summary>The command, in the words of a POSIX shell.</summary>
    /// <param name="request">The request.</param>
    public static string Of(EnhancementRequest request) => string.Join(' ', Words(request).Select(Quoted));

    /// <summary>Its words before quoting.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<string> Words(EnhancementRequest request)
    {
        var switches = EnhancementChoices.Of(request).SelectMany(choice => choice.Option.Members.Count == 0 ? Words(choice.Option, choice.Value) : MembersOf(choice.Option, choice.Value));
        return ["datacentric", "enhance", .. switches, "--out", "enhanced"];
    }

    private static IEnumerable<string> MembersOf(OptionEntry option, object chosen)
    {
        var usual = Activator.CreateInstance(option.Type)!;
        return option.Members.Where(member => member.Differs(chosen, usual)).SelectMany(member => Words(member, member.Get(chosen)!));
    }

    private static IEnumerable<string> Words(OptionEntry option, object value) =>
        [$"--{option.Name}", .. option.IsSeveral ? (IEnumerable<string>)value : [OptionText.Write(value)]];

    private static string Quoted(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,+=%@".Contains(letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
