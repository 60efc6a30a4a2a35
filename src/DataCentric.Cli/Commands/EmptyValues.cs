using System.CommandLine.Parsing;

namespace DataCentric.Cli.Commands;

/// <summary>
/// Refuses values that are empty, of every option and argument of every verb: what a script writes whose variable is not set
/// (<c>--out "$OUT"</c>), and never what somebody means.
/// </summary>
internal static class EmptyValues
{
    /// <summary>Makes all verbs refuse them, before anything else is said of the value.</summary>
    public static void Refuse(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            foreach (var option in command.Options)
                option.Validators.Insert(0, result => Check(result, option.Name));
            foreach (var argument in command.Arguments)
                argument.Validators.Insert(0, result => Check(result, argument.Name));
        }
    }

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name}: the value is empty.");
    }
}
