namespace DataCentric.Cli.Commands;

/// <summary>The data set may stand right after the verb, without its option: <c>enhance photos --out A</c>.</summary>
internal static class BareDataset
{
    /// <summary>A command line with the option put before such a word.</summary>
    /// <param name="root">The tool.</param>
    /// <param name="args">As typed.</param>
    public static IReadOnlyList<string> Named(RootCommand root, IReadOnlyList<string> args)
    {
        var verb = args.TakeWhile(word => word.StartsWith('-')).Count();
        return verb + 1 < args.Count && !args[verb + 1].StartsWith('-')
            && root.Subcommands.FirstOrDefault(command => command.Name == args[verb]) is { Arguments.Count: 0 } command
            && command.Options.FirstOrDefault(option => option.Name == CommonOptions.DatasetName) is { } dataset
                ? [.. args.Take(verb + 1), dataset.Name, .. args.Skip(verb + 1)]
                : args;
    }
}
