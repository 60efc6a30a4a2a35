using System.CommandLine;
using System.CommandLine.Parsing;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Selection;
using DataCentric.Pipeline.Sets;

namespace DataCentric.Cli.Commands;

/// <summary>Options of <c>enhance</c>.</summary>
internal sealed class EnhanceOptions
{
    private static readonly EnhancementRequest Defaults = new() { RunId = "new", Dataset = "" };

    public Option<string> Dataset { get; } = CommonOptions.Dataset(
        "The data set: CIFAR binary or python, npy pair, npz, IDX (MNIST family), a folder with one folder for each class, an archive of these, or blobs by address or connection string.", required: false);

    public Option<string> Out { get; } = CommonOptions.Out("Folder for the enhanced set.");

    public Option<string> Profile { get; } = new("--profile")
    {
        Description = $"How the attack is set: {string.Join(", ", AttackProfiles.All.Select(profile => profile.Name))}. [default: compact]",
        HelpName = "NAME",
    };

    public Option<string> Split { get; } = new("--split") { Description = "Shares clean:adversarial:corrupted. [default: 0:1:4]", HelpName = "A:B:C" };

    public Option<ulong> Seed { get; } = CommonOptions.Seed();

    public Option<int?> Limit { get; } = CommonOptions.Limit();

    public CorruptionChoice Corruptions { get; } = new("--corruptions");

    public Option<string> Mix { get; } = new("--mix")
    {
        Description = "How kinds are shared out: uniform (paper) or seed (the paper's code). [default: uniform]",
        HelpName = "NAME",
    };

    public Option<SelectionRule?> Selection { get; } = CommonOptions.Choice<SelectionRule>(
        "--selection", "By what images get their role and their kind of corruption: chance (default), or how unsure the surrogates are of them.");

    public AttackOverrides Attack { get; } = new();

    public Option<string[]> SurrogateModels { get; } = new("--surrogate-models")
    {
        Description = "Model files to attack with, as written by train or import, instead of networks trained on the data set.",
        HelpName = "MODEL",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string> HeldOut { get; } = new("--held-out")
    {
        Description = "A model file that is not in the ensemble; the report tells how the attack transfers to it.",
        HelpName = "MODEL",
    };

    public Option<string> Storage { get; } = new("--storage")
    {
        Description = "Where the work lies: a folder, a blob connection string, or a container URL. [default: OUT/.datacentric]",
        HelpName = "PLACE",
    };

    public Option<string> Surrogates { get; } = new("--surrogates")
    {
        Description = "Folder of trained surrogates, found again by the hash of data and options. [default: in the storage]",
        HelpName = "DIR",
    };

    public Option<int?> ShardSize { get; } =
        CommonOptions.Positive("--shard-size", $"Samples in one shard (a quarter where they are attacked); does not change the result. [default: {Defaults.ShardSize}]");

    public Option<int?> Workers { get; } = CommonOptions.Workers();

    public Option<DeviceChoice> Device { get; } = CommonOptions.Device();

    public Option<string> Formats { get; } = CommonOptions.Formats("Formats to write; a finished set gets those it lacks.");

    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on with the run that OUT holds, with the options it was started with." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would be done, how long it takes and how much memory it needs." };

    public Option<bool> Json { get; } = CommonOptions.Json();

    public IEnumerable<Option> All => [Dataset, Out, .. Kept.Skip(1), Storage, Formats, ShardSize, Workers, Device, Resume, DryRun, Json];

    /// <summary>Options that are kept with the run; <c>--resume</c> takes them from there.</summary>
    private IEnumerable<Option> Kept =>
        [Dataset, Profile, Split, Seed, Limit, .. Corruptions.All, Mix, Selection, SurrogateModels, HeldOut, Surrogates, .. Attack.All];

    /// <summary>Says which options are missing or contradict each other.</summary>
    public void Validate(CommandResult result)
    {
        var resume = IsGiven(Resume);
        if (!resume && !IsGiven(Dataset))
            result.AddError("Option '--dataset' is required.");
        if (!IsGiven(Out))
            result.AddError("Option '--out' is required.");
        foreach (var option in Kept.Where(option => resume && IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --resume, which takes it from the run.");
        foreach (var option in Attack.Training.Where(option => IsGiven(SurrogateModels) && IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --surrogate-models, whose networks are trained already.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }

    /// <summary>The request that the options ask for; its run id is still to be set.</summary>
    public EnhancementRequest ToRequest(ParseResult parsed)
    {
        var choices = new EnhancementChoices
        {
            Dataset = NamedDatasetLocator.PublicName(parsed.GetValue(Dataset)!),
            Profile = parsed.GetValue(Profile),
            Split = parsed.GetValue(Split),
            Seed = parsed.GetValue(Seed),
            Limit = parsed.GetValue(Limit),
            Mix = parsed.GetValue(Mix),
            Selection = parsed.GetValue(Selection),
            Formats = CommonOptions.Words(parsed.GetValue(Formats)),
            ShardSize = parsed.GetValue(ShardSize),
        };
        return Attack.Apply(parsed, Corruptions.Apply(parsed, choices)).ToRequest(Defaults.RunId);
    }
}
