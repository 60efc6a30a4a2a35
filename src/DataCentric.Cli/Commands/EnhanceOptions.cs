using System.CommandLine;
using System.CommandLine.Parsing;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Cli.Composition;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Cli.Commands;

/// <summary>Options of <c>enhance</c>.</summary>
internal sealed class EnhanceOptions
{
    private static readonly EnhancementRequest Defaults = new() { RunId = "new", Dataset = "" };

    public Option<string> Dataset { get; } = CommonOptions.Dataset(
        "The data set: CIFAR binary or python, npy pair, npz, IDX (MNIST family), a folder with one folder for each class, an archive of these, or blobs by address or connection string.", required: false);

    public Option<string> Out { get; } = CommonOptions.Out("Folder for the enhanced set.");

    public Option<string> Profile { get; } = CommonOptions.Completing(
        new Option<string>("--profile")
        {
            Description = $"How the attack is set: {string.Join(", ", AttackProfiles.All.Select(profile => profile.Name))}. [default: compact]",
            HelpName = "NAME",
        },
        AttackProfiles.All.Select(profile => profile.Name));

    public Option<string> Split { get; } = new("--split") { Description = "Shares clean:adversarial:corrupted. [default: 0:1:4]", HelpName = "A:B:C" };

    public Option<ulong> Seed { get; } = CommonOptions.Seed();

    public Option<int?> Limit { get; } = CommonOptions.Limit();

    public CorruptionChoice Corruptions { get; } = new("--corruptions");

    public Option<string> Mix { get; } = new("--mix")
    {
        Description = "How kinds are shared out: uniform (paper) or paper-code (the paper's code). [default: uniform]",
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

    public Option<string> License { get; } = new("--license")
    {
        Description = "Terms of the source data: an SPDX identifier such as CC-BY-4.0, an https address, or unknown. [default: a licence file in the data set's folder]",
        HelpName = "ID",
    };

    public Option<string> DataVersion { get; } = new("--data-version")
    {
        Description = $"Semantic version of the enhanced set. [default: {SemanticVersion.Default}]",
        HelpName = "X.Y.Z",
    };

    public ScoringChoice Score { get; } = new();

    public Option<int?> Serve { get; } = new("--serve")
    {
        Description = "Show the run on a page of 127.0.0.1 while it goes on, at this port or at a free one; the page becomes the report.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on with the run that OUT holds, with the options it was started with." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would be done, how long it takes and how much memory it needs." };

    public Option<bool> Json { get; } = CommonOptions.Json();

    public IEnumerable<Option> All => [Dataset, Out, .. Kept.Skip(1), Storage, Formats, License, DataVersion, .. Score.All, ShardSize, Workers, Device, Serve, Resume, DryRun, Json];

    /// <summary>Options that are kept with the run; <c>--resume</c> takes them from there.</summary>
    private IEnumerable<Option> Kept =>
        [Dataset, Profile, Split, Seed, Limit, .. Corruptions.All, Mix, Selection, SurrogateModels, HeldOut, Surrogates, .. Attack.All];

    /// <summary>The request with what may be said anew when a run goes on, as it does not change the set.</summary>
    public EnhancementRequest Restate(ParseResult parsed, EnhancementRequest request) => request with
    {
        ShardSize = parsed.GetValue(ShardSize) ?? request.ShardSize,
        Formats = CommonOptions.Words(parsed.GetValue(Formats)) ?? request.Formats,
        License = parsed.GetValue(License) ?? request.License,
        DataVersion = parsed.GetValue(DataVersion) ?? request.DataVersion,
        Score = Score.Read(parsed) ?? request.Score,
    };

    /// <summary>The port to show the run at, 0 for a free one; null where it is not to be shown.</summary>
    public int? ServePort(ParseResult parsed) => parsed.GetResult(Serve) is null ? null : parsed.GetValue(Serve) ?? 0;

    /// <summary>Says which options are missing or contradict each other.</summary>
    public void Validate(CommandResult result)
    {
        var resume = IsGiven(Resume);
        if (!resume && !IsGiven(Dataset))
            result.AddError("Option '--dataset' is required.");
        if (!IsGiven(Out))
            result.AddError("Option '--out' is required.");
        if (IsGiven(Serve) && result.GetResult(Serve)!.Tokens is [var port] && !(int.TryParse(port.Value, out var number) && number is > 0 and <= 65_535))
            result.AddError($"--serve: '{port.Value}' is no port; expected 1 to 65535, or nothing for a free one.");
        Score.Validate(result);
        foreach (var option in Kept.Where(option => resume && IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --resume, which takes it from the run.");
        foreach (var option in Attack.Training.Where(option => IsGiven(SurrogateModels) && IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --surrogate-models, whose networks are trained already.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }

    /// <summary>The job that the options ask for; run id and names of model files are still to be set.</summary>
    public EnhancementJob ToJob(ParseResult parsed)
    {
        var storage = parsed.GetValue(Storage);
        var models = parsed.GetValue(SurrogateModels) is { Length: > 0 } files ? files : null;
        return new EnhancementJob(ToRequest(parsed), storage is not null, parsed.GetValue(Surrogates), parsed.GetValue(HeldOut), models) { Storage = storage };
    }

    private EnhancementRequest ToRequest(ParseResult parsed)
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
            License = parsed.GetValue(License),
            DataVersion = parsed.GetValue(DataVersion),
            Score = Score.Read(parsed),
            ShardSize = parsed.GetValue(ShardSize),
        };
        return Attack.Apply(parsed, Corruptions.Apply(parsed, choices)).ToRequest(Defaults.RunId);
    }
}
