using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Commands;

/// <summary>Options of <c>enhance</c> that choose how the set is scored.</summary>
internal sealed class ScoringChoice
{
    private static readonly ScoringRequest Defaults = new();

    private readonly Option<string> _architectures =
        new("--score-arch") { Description = $"Networks to score by, separated by commas. [default: {DefaultArchitectures}]", HelpName = "LIST" };

    private readonly Option<string> _seeds = new("--score-seeds") { Description = "Seeds of their trainings, separated by commas. [default: 1]", HelpName = "LIST" };

    private readonly Option<int?> _epochs = CommonOptions.Positive("--score-epochs", "Passes over the data of each. [default: 12, or more on a small set]");

    /// <summary>What is trained where no network is named, as an option has it.</summary>
    public static string DefaultArchitectures => string.Join(",", ScoringRequest.DefaultArchitectures);

    /// <summary>The test sets.</summary>
    public Option<string> Test { get; } = new("--score")
    {
        Description = "Score the finished set on these test sets, as written by testset: networks are trained on the raw and on the enhanced set.",
        HelpName = "PLACE",
    };

    public IEnumerable<Option> All => [Test, _architectures, _seeds, _epochs];

    /// <summary>What the options ask for; null where the set is not to be scored.</summary>
    /// <exception cref="InputException">A seed is no number, or the place names no test sets.</exception>
    public ScoringRequest? Read(ParseResult parsed) => parsed.GetValue(Test) is { } test
        ? new ScoringRequest
        {
            Test = NamedDatasetLocator.PublicName(test),
            Architectures = CommonOptions.Words(parsed.GetValue(_architectures)) ?? Defaults.Architectures,
            Seeds = SeedsOf(_seeds, parsed) ?? Defaults.Seeds,
            Epochs = parsed.GetValue(_epochs),
        }
        : null;

    /// <summary>Says which options make no sense without the test sets.</summary>
    public void Validate(CommandResult result)
    {
        foreach (var option in All.Skip(1).Where(option => result.GetResult(option) is not null && result.GetResult(Test) is null))
            result.AddError($"{option.Name} needs {Test.Name}, which names the test sets.");
    }

    /// <summary>Seeds separated by commas; null where none are given.</summary>
    /// <exception cref="InputException">One is no whole number of 0 or more.</exception>
    public static IReadOnlyList<ulong>? SeedsOf(Option<string> option, ParseResult parsed) =>
        CommonOptions.Words(parsed.GetValue(option))?.Select(text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new InputException($"{option.Name}: '{text}' is no whole number of 0 or more.")).ToArray();
}
