using System.CommandLine;
using DataCentric.Imaging.Corruptions;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Commands;

/// <summary>Options that choose corruptions: parameter set, kinds, severity.</summary>
/// <param name="setOption">Name of the option for the parameter set.</param>
internal sealed class CorruptionChoice(string setOption)
{
    private readonly Option<string> _set = new(setOption)
    {
        Description = $"Parameter set of the corruptions: {string.Join(", ", CorruptionCatalog.Sets.Select(set => set.Name))}. [default: paper14]",
        HelpName = "SET",
    };

    private readonly Option<string> _kinds = new("--kinds") { Description = "Kinds of corruption, separated by commas. [default: all of the set]", HelpName = "LIST" };

    private readonly Option<int> _severity = new("--severity") { Description = "Severity 1 to 5; without it paper14 has its exact parameters.", HelpName = "N" };

    public IEnumerable<Option> All => [_set, _kinds, _severity];

    public EnhancementChoices Apply(ParseResult parsed, EnhancementChoices choices) => choices with
    {
        Corruptions = parsed.GetValue(_set),
        Kinds = CommonOptions.Words(parsed.GetValue(_kinds)),
        Severity = parsed.GetValue(_severity),
    };
}
