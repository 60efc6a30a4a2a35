namespace DataCentric.Pipeline.Model;

/// <summary>The command line that asks for a request again: what differs from the defaults, and nothing else.</summary>
internal static class RepeatCommand
{
    /// <summary>The command, in the words of a POSIX shell. Places of this machine and names in its model store stand without their folders.</summary>
    /// <param name="request">The request.</param>
    public static string Of(EnhancementRequest request)
    {
        request = request with
        {
            Dataset = ShownPlace.Of(request.Dataset),
            SurrogateModels = request.SurrogateModels is { } models ? [.. models.Select(FileOf)] : null,
            SurrogateInit = request.SurrogateInit is { } initial ? [.. initial.Select(FileOf)] : null,
            HeldOut = request.HeldOut is { } heldOut ? FileOf(heldOut) : null,
            Score = request.Score is { } score ? score with { Test = ShownPlace.Of(score.Test), Init = score.Init is { } begun ? [.. begun.Select(FileOf)] : null } : null,
        };
        string[] words = ["datacentric", "enhance", .. EnhancementChoices.Of(request).SelectMany(choice => Words(choice.Option, choice.Value)), "--out", "enhanced"];
        return string.Join(' ', words.Select(Quoted));
    }

    /// <summary>The model files that the command names.</summary>
    /// <param name="request">The request.</param>
    public static IReadOnlyList<string> ModelsOf(EnhancementRequest request) =>
        [.. (request.SurrogateModels ?? request.SurrogateInit ?? []).Concat(request.HeldOut is { } heldOut ? [heldOut] : []).Concat(request.Score?.Init ?? []).Select(FileOf)];

    private static string FileOf(string model) => model.Split('/')[^1];

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
