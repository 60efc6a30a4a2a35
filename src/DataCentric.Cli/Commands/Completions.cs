using System.CommandLine.Completions;
using DataCentric.Imaging.Corruptions;
using DataCentric.Pipeline.Fetching;

namespace DataCentric.Cli.Commands;

/// <summary>The words that shells complete.</summary>
internal static class Completions
{
    /// <summary>Options that name kinds of corruption, and the options beside them that name the set of the kinds.</summary>
    private static readonly string[] Kinds = ["--kinds"], Sets = ["--set", "--corruptions"];

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
            foreach (var option in command.Options.Where(option => Kinds.Contains(option.Name)))
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
        var named = parsed.CommandResult.Command.Options.Where(option => Sets.Contains(option.Name)).Select(option => parsed.GetResult(option)?.Tokens).FirstOrDefault(tokens => tokens is [_]);
        var sets = OptionText.Words(named?[0].Value ?? CorruptionCatalog.Paper14);
        return CorruptionCatalog.Sets.Where(set => sets.Contains(set.Name)).SelectMany(set => set.Kinds).Select(kind => kind.Name);
    }
}
