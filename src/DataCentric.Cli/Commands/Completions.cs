using System.CommandLine.Completions;
using DataCentric.Imaging.Corruptions;
using DataCentric.Pipeline.Fetching;

namespace DataCentric.Cli.Commands;

/// <summary>The words that shells complete.</summary>
internal static class Completions
{
    /// <summary>The options that name the set of the kinds of <c>--kinds</c>, with what they are by default.</summary>
    private static readonly Dictionary<string, string> Sets = new()
    {
        ["--set"] = CorruptionCatalog.Paper14,
        ["--corruptions"] = EnhancementProfiles.Recommended.Corruptions.Set,
    };

    /// <summary>An option whose words a shell completes.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">All its words.</param>
    /// <param name="isList">Whether several may follow each other with commas.</param>
    public static TOption Of<TOption>(TOption option, IEnumerable<string> words, bool isList = false)
        where TOption : Option
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(context => Items(context.WordToComplete, words, isList));
        return option;
    }

    /// <summary>Adds those that depend on other options, to all verbs.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            foreach (var option in command.Options.Where(option => option.Name == "--kinds"))
                option.CompletionSources.Add(context => Items(context.WordToComplete, KindsOf(context.ParseResult), isList: true));
        }
    }

    /// <summary>The names of the data sets that can be fetched.</summary>
    public static void AddDatasets(Argument<string> name)
    {
        name.CompletionSources.Clear();
        name.CompletionSources.Add([.. KnownDataset.All.Select(known => known.Name)]);
    }

    /// <summary>What a word may become: each of the words; in a list, what stands there up to the last comma and each word that is not in it yet.</summary>
    internal static IEnumerable<CompletionItem> Items(string typed, IEnumerable<string> words, bool isList)
    {
        var head = isList ? typed[..(typed.LastIndexOf(',') + 1)] : "";
        return words.Except(OptionText.Words(head)).Select(word => new CompletionItem(head + word));
    }

    private static IEnumerable<string> KindsOf(ParseResult parsed)
    {
        var option = parsed.CommandResult.Command.Options.First(option => Sets.ContainsKey(option.Name));
        var sets = OptionText.Words(parsed.GetResult(option)?.Tokens is [var named] ? named.Value : Sets[option.Name]);
        return CorruptionCatalog.Sets.Where(set => sets.Contains(set.Name)).SelectMany(set => set.Kinds).Select(kind => kind.Name);
    }
}
