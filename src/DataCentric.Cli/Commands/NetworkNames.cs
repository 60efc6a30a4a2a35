using System.CommandLine.Parsing;
using DataCentric.Adversarial;
using DataCentric.Pipeline.Training;

namespace DataCentric.Cli.Commands;

/// <summary>Names of networks, checked where they are typed: before anything is read or computed. Shells complete them.</summary>
internal static class NetworkNames
{
    /// <summary>The switches of all verbs that name networks.</summary>
    public static readonly IReadOnlyList<string> Switches = ["--arch", "--architectures", "--attacker-architectures", "--score-arch"];

    /// <summary>Makes all verbs check them.</summary>
    public static void Check(RootCommand root)
    {
        foreach (var option in root.Subcommands.SelectMany(command => command.Options).Where(option => Switches.Contains(option.Name)))
        {
            option.CompletionSources.Add(context => Completions.Items(context.WordToComplete, Known(), isList: option.HelpName == "LIST"));
            option.Validators.Add(result => Check(result, option.Name));
        }
    }

    private static void Check(OptionResult result, string option)
    {
        if (KnownNetworks.Problem(result.Tokens.SelectMany(token => OptionText.Words(token.Value)), Known()) is { } problem)
            result.AddError($"{option}: {problem}");
    }

    private static IReadOnlyCollection<string> Known() => new TorchAdversary().Architectures;
}
