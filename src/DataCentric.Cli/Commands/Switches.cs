using System.CommandLine.Parsing;

namespace DataCentric.Cli.Commands;

/// <summary>The switches of options that a table describes.</summary>
/// <param name="options">The options.</param>
/// <param name="usual">What a profile makes whose defaults are told, see <see cref="OptionEntry.HelpBy"/>; null where there are no profiles.</param>
internal sealed class Switches(IEnumerable<OptionEntry> options, object? usual = null)
{
    private readonly (OptionEntry Entry, Option Switch)[] _all = [.. options.SelectMany(option => option.Switches).Select(entry => (entry, Create(entry, usual)))];

    /// <summary>All, in the order of the table.</summary>
    public IEnumerable<Option> All => _all.Select(pair => pair.Switch);

    /// <summary>The switch of an option.</summary>
    public Option this[OptionEntry entry] => _all.First(pair => pair.Entry == entry).Switch;

    /// <summary>The switches of a record's options.</summary>
    public static Switches Of<T>() => new(OptionEntry.Of<T>());

    /// <summary>What was chosen for an option; null where nothing was.</summary>
    /// <exception cref="InputException">What was written is not such a value.</exception>
    public object? Read(ParseResult parsed, OptionEntry entry)
    {
        if (entry.Members.Count > 0)
            return parsed.GetResult(this[entry.Members[0]]) is null ? null : Apply(parsed, entry.Members, Activator.CreateInstance(entry.Type)!);
        return parsed.GetResult(this[entry]) is { } result ? Read(result, entry) : null;
    }

    /// <summary>A record with what was chosen, and the rest as in another.</summary>
    /// <exception cref="InputException">What was written for an option is not such a value.</exception>
    public T Apply<T>(ParseResult parsed, T record)
        where T : class => Apply(parsed, _all.Select(pair => pair.Entry), record);

    private T Apply<T>(ParseResult parsed, IEnumerable<OptionEntry> entries, T record)
        where T : class
    {
        foreach (var entry in entries)
        {
            if (Read(parsed, entry) is { } value)
                record = entry.With(record, value);
        }

        return record;
    }

    private static Option Create(OptionEntry entry, object? usual)
    {
        var name = $"--{entry.Name}";
        Option option = entry.IsSeveral ? new Option<string[]>(name) { AllowMultipleArgumentsPerToken = true } : new Option<string>(name);
        (option.Description, option.HelpName) = (usual is null ? entry.Help : entry.HelpBy(usual), entry.ValueName);
        if (entry.Type == typeof(bool))
            option.Arity = ArgumentArity.ZeroOrOne;
        option.Validators.Add(result =>
        {
            try
            {
                Read(result, entry);
            }
            catch (InputException exception)
            {
                result.AddError(exception.Message);
            }
        });
        return entry.Words.Count > 0 ? Completions.Of(option, entry.Words, OptionText.MemberOf(entry.Type) is not null) : option;
    }

    private static object? Read(OptionResult result, OptionEntry entry) => result.Tokens.Count > 0 || entry.IsSeveral
        ? entry.Parse([.. result.Tokens.Select(token => token.Value)])
        : entry.Type == typeof(bool) ? true : null;
}
