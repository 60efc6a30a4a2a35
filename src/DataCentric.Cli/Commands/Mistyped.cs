using System.CommandLine.Parsing;

namespace DataCentric.Cli.Commands;

/// <summary>Verbs and options that there are not: said with the ones that were probably meant.</summary>
internal static class Mistyped
{
    /// <summary>Makes options and arguments of all verbs refuse what is an option by its dashes: the parser takes one that it does not know for their value.</summary>
    public static void Refuse(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            foreach (var option in command.Options)
                option.Validators.Add(result => Check(result, command));
            foreach (var argument in command.Arguments)
                argument.Validators.Add(result => Check(result, command));
        }
    }

    /// <summary>What is wrong with a command line, a sentence each.</summary>
    public static IEnumerable<string> Problems(ParseResult parsed)
    {
        var (command, unknown) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        if (command is RootCommand root && unknown.Count > 0)
            return [unknown[0].StartsWith('-') ? Option(root, unknown[0]) : Verb(root, unknown[0])];
        if (command is RootCommand)
            return [$"A verb is needed: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}."];
        var others = parsed.Errors.Select(error => error.Message).Where(message => !unknown.Any(word => message.EndsWith($" '{word}'.", StringComparison.Ordinal)));
        return unknown.Where((word, i) => word.StartsWith('-') || i == 0 || !unknown[i - 1].StartsWith('-')).Select(word => Word(parsed, word)).Concat(others);
    }

    /// <summary>Says that there is no such verb.</summary>
    public static string Verb(RootCommand root, string typed) => $"There is no verb '{typed}'.{Meant(typed, root.Subcommands.Select(command => command.Name))}";

    private static string Word(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        if (word.StartsWith('-'))
            return Option(command, word);
        var isSet = (File.Exists(word) || Directory.Exists(word)) && command.Options.FirstOrDefault(option => option.Name == CommonOptions.DatasetName) is { } dataset && parsed.GetResult(dataset) is null;
        return $"'{word}' belongs to no option of {command.Name}.{(isSet ? $" Did you mean --dataset {word}?" : "")}";
    }

    private static string Option(Command command, string typed)
    {
        var name = typed.Split('=')[0];
        var all = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));
        return $"{(command is RootCommand ? "There" : command.Name)} {(command is RootCommand ? "is" : "has")} no option {name}.{Meant(name, all.SelectMany(option => option.Aliases.Append(option.Name)))}";
    }

    private static void Check(SymbolResult result, Command command)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            result.AddError(Option(command, token.Value));
    }

    /// <summary>The nearest names, which differ from what was typed in a third of the letters at most; or that hold it as one of their words.</summary>
    private static string Meant(string typed, IEnumerable<string> names)
    {
        var word = typed.TrimStart('-').ToLowerInvariant();
        var near = names.Where(name => name.TrimStart('-').Length > 1 && word.Length > 1)
            .Select(name => (Name: name, Distance: name.TrimStart('-').Split('-').Contains(word) ? 1 : Distance(word, name.TrimStart('-'))))
            .Where(pair => 3 * pair.Distance <= Math.Max(word.Length, 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal).ToArray();
        var meant = near.TakeWhile(pair => pair.Distance == near[0].Distance).Select(pair => pair.Name).Take(3).ToArray();
        return meant.Length > 0 ? $" Did you mean {string.Join(" or ", meant)}?" : "";
    }

    /// <summary>Letters to put in, leave out, exchange or swap with their neighbour (optimal string alignment, Damerau 1964).</summary>
    internal static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var exchange = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(exchange, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }
}
