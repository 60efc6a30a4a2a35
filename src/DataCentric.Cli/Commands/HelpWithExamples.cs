using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DataCentric.Cli.Commands;

/// <summary>The help of a verb, with examples after it.</summary>
/// <param name="help">The help itself.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help need not give what is required.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts examples into the help of a tool.</summary>
    /// <param name="root">The tool.</param>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (!OperatingSystem.IsWindows())
                _ = (option.Aliases.Remove("/?"), option.Aliases.Remove("/h")); // paths to every other shell, which would be offered them
            if (option.Action is HelpAction help)
                option.Action = new HelpWithExamples(help);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples.Of(command is RootCommand ? "" : command.Name) is not { Count: > 0 } examples)
            return result;
        output.WriteLine("Examples:");
        foreach (var (purpose, line) in examples)
            output.WriteLine($"  {purpose}:{Environment.NewLine}    {line}");
        output.WriteLine();
        return result;
    }
}
