using System.CommandLine.Parsing;
using DataCentric.Adversarial.Runtime;
using DataCentric.Cli.Composition;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Cli.Commands;

/// <summary>Options of <c>enhance</c>: those of the request, and those of this tool.</summary>
internal sealed class EnhanceOptions
{
    private static readonly OptionEntry Dataset = EnhancementChoices.OptionOf("dataset");
    private static readonly OptionEntry SurrogateModels = EnhancementChoices.OptionOf("surrogateModels");
    private static readonly OptionEntry SurrogateInit = EnhancementChoices.OptionOf("surrogateInit");
    private static readonly OptionEntry Architectures = EnhancementChoices.OptionOf("architectures");
    private static readonly OptionEntry SurrogateEpochs = EnhancementChoices.OptionOf("surrogateEpochs");
    private static readonly OptionEntry HeldOut = EnhancementChoices.OptionOf("heldOut");
    private static readonly OptionEntry Score = EnhancementChoices.OptionOf("score");

    /// <summary>What says where the ensemble comes from: one of them in the place of another.</summary>
    private static readonly OptionEntry[] Ensembles = [SurrogateModels, SurrogateInit, Architectures];

    private readonly Switches _request = new(EnhancementChoices.Options, EnhancementProfiles.Recommended.Request("", ""));

    public EnhanceOptions()
    {
        _request[Dataset].Aliases.Add("-d");
        Out.Required = false; // See Validate.
    }

    public Option<string> Out { get; } = CommonOptions.Out("Folder for the enhanced set. [default: none with --on; without it there must be one]");

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

    public Option<double?> SurrogateMinutes { get; } = new("--surrogate-minutes")
    {
        Description = "Minutes to train the surrogates for, instead of a number of epochs: as many as fit on this machine, 200 at most. [default: none: --surrogate-epochs]",
        HelpName = "X",
    };

    public Option<int?> Workers { get; } = CommonOptions.Workers();

    public Option<MemorySize?> Memory { get; } = CommonOptions.Memory();

    public Option<DeviceChoice> Device { get; } = CommonOptions.Device();

    public Option<int?> Serve { get; } = new("--serve")
    {
        Description = "Show the run on a page of 127.0.0.1 while it goes on, at this port or at a free one; the page becomes the report. [default: none: it is not shown]",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on with the run that OUT holds, with the options it was started with." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would be done, how long it takes and how much memory it needs." };

    public Option<string> OptionsPath { get; } = new("--options")
    {
        Description = "JSON file with options: run.json of another run, or an object as the HTTP start takes it. What is given beside it goes before. [default: none]",
        HelpName = "FILE",
    };

    public Option<bool> Overwrite { get; } = CommonOptions.Overwrite();

    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>What says that the run is one of an app.</summary>
    public RemoteOptions Remote { get; } = new();

    public IEnumerable<Option> All =>
    [
        _request[Dataset], Out, .. _request.All.Skip(1), SurrogateMinutes, Surrogates, Storage, Workers, Memory, Device, Serve, OptionsPath, Resume, Overwrite, DryRun,
        Remote.App, Remote.Account, Json,
    ];

    /// <summary>What <c>--options</c> names; no choices where it is not given.</summary>
    /// <exception cref="InputException">The file cannot be read; or that run had model files, whose places it does not tell, and they are not named.</exception>
    public async Task<EnhancementChoices> ReadFileAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var choices = await ReadChoicesAsync(parsed, cancellationToken);
        foreach (var option in new[] { SurrogateModels, SurrogateInit, HeldOut }.Where(option => choices[option.JsonName] is not null))
            choices[option.JsonName] = parsed.GetResult(_request[option]) is not null ? null : throw new InputException($"{parsed.GetValue(OptionsPath)}: this run had model files, and does not tell where they are: name them by --{option.Name}.");
        if (choices[Score.JsonName] is ScoringRequest { Init: not null } && TestPlace(parsed) is null)
            throw new InputException($"{parsed.GetValue(OptionsPath)}: this run was scored from model files, and does not tell where they are: name them by --score and --score-init.");
        return choices;
    }

    /// <summary>What a run elsewhere is asked for: data set, test sets and models by the names that they have there.</summary>
    /// <exception cref="InputException">The file of options cannot be read.</exception>
    public async Task<EnhancementChoices> ReadNamesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var choices = await ReadChoicesAsync(parsed, cancellationToken);
        foreach (var option in EnhancementChoices.Options)
            choices[option.JsonName] = _request.Read(parsed, option) ?? choices[option.JsonName];
        return choices;
    }

    private async Task<EnhancementChoices> ReadChoicesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(OptionsPath) is not { } file)
            return [];
        var choices = OptionsFile.Read(await UserFiles.ReadAsync(file, OptionsPath.Name, path => File.ReadAllTextAsync(path, cancellationToken)));
        if (Ensembles.Any(option => parsed.CommandResult.IsGiven(_request[option])))
        {
            foreach (var option in Ensembles)
                choices[option.JsonName] = null;
        }

        return choices;
    }

    /// <summary>The place of the data set, as the user says it.</summary>
    public string DatasetPlace(ParseResult parsed, EnhancementChoices file) => (string?)_request.Read(parsed, Dataset) ?? (string?)file[Dataset.JsonName]
        ?? throw new InputException($"Option '--dataset' is required: {parsed.GetValue(OptionsPath)} names none.");

    /// <summary>The place of the test sets, as the user says it; null where none is said.</summary>
    public string? TestPlace(ParseResult parsed) => (_request.Read(parsed, Score) as ScoringRequest)?.Test;

    /// <summary>The model files that training the networks of the score begins with; null where none are said.</summary>
    public IReadOnlyList<string>? ScoreInit(ParseResult parsed) => (_request.Read(parsed, Score) as ScoringRequest)?.Init is { Count: > 0 } files ? files : null;

    /// <summary>The request with what may be said anew when a run goes on, as it does not change the set.</summary>
    public EnhancementRequest Restate(ParseResult parsed, EnhancementRequest request) =>
        Choices(parsed).Where(choice => !choice.Option.ChangesSet).Aggregate(request, (restated, choice) => choice.Option.With(restated, choice.Value));

    /// <summary>The port to show the run at, 0 for a free one; null where it is not to be shown.</summary>
    public int? ServePort(ParseResult parsed) => parsed.GetResult(Serve) is null ? null : parsed.GetValue(Serve) ?? 0;

    /// <summary>How long the surrogates may be trained; null where a number of epochs says it.</summary>
    public SurrogateBudget? Budget(ParseResult parsed, IAdversary adversary) =>
        parsed.GetValue(SurrogateMinutes) is { } minutes ? new(minutes, parsed.GetValue(Workers) ?? Environment.ProcessorCount, adversary) : null;

    /// <summary>Says which options are missing or contradict each other.</summary>
    public void Validate(CommandResult result)
    {
        var resume = result.IsGiven(Resume);
        if (!resume && !result.IsGiven(_request[Dataset]) && !result.IsGiven(OptionsPath))
            result.AddError("Option '--dataset' is required.");
        if (!result.IsGiven(Out) && !result.IsGiven(Remote.App))
            result.AddError("Option '--out' is required.");
        Remote.Validate(result, Out, [Surrogates, SurrogateMinutes, Storage, Workers, Memory, Device, Serve, Resume, DryRun]);
        if (result.IsGiven(Serve) && result.GetResult(Serve)!.Tokens is [var port] && !(int.TryParse(port.Value, out var number) && number is > 0 and <= 65_535))
            result.AddError($"--serve: '{port.Value}' is not a port; expected 1 to 65535, or nothing for a free one.");
        foreach (var option in Score.Members.Skip(1).Select(member => _request[member]).Where(option => result.IsGiven(option) && !result.IsGiven(_request[Score.Members[0]])))
            result.AddError($"{option.Name} needs --{Score.Name}, which names the test sets.");
        var kept = EnhancementChoices.Options.Where(option => option.ChangesSet).Select(option => _request[option]).Concat([Surrogates, SurrogateMinutes, OptionsPath]);
        foreach (var option in kept.Where(option => resume && result.IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --resume, which takes it from the run.");
        var training = EnhancementChoices.Options.Where(option => option.Root == nameof(EnhancementRequest.Surrogates)).Select(option => _request[option]);
        foreach (var option in training.Concat([_request[SurrogateInit], SurrogateMinutes]).Where(option => result.IsGiven(_request[SurrogateModels]) && result.IsGiven(option)))
            result.AddError($"{option.Name} cannot be given with --surrogate-models, whose networks are trained already.");
        if (result.IsGiven(SurrogateMinutes) && result.IsGiven(_request[SurrogateEpochs]))
            result.AddError("--surrogate-minutes cannot be given with --surrogate-epochs: one of them says how long the surrogates are trained.");
        if (result.IsGiven(SurrogateMinutes) && result.GetResult(SurrogateMinutes)!.Tokens is [var minutes]
            && !(double.TryParse(minutes.Value, CultureInfo.InvariantCulture, out var time) && time is > 0 and <= 100_000))
            result.AddError($"--surrogate-minutes: '{minutes.Value}' is not a number of minutes above 0 and up to 100000.");
        if (result.IsGiven(_request[SurrogateInit]) && result.IsGiven(_request[Architectures]))
            result.AddError("--architectures cannot be given with --surrogate-init, whose models tell theirs.");
    }

    /// <summary>The job that the options ask for; run id and names of model files are still to be set.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">What <see cref="ReadFileAsync"/> read.</param>
    public EnhancementJob ToJob(ParseResult parsed, EnhancementChoices file)
    {
        var choices = Choices(parsed);
        foreach (var (option, value) in file.Where(choice => choices[choice.Option.JsonName] is null))
            choices[option.JsonName] = value;
        choices[Dataset.JsonName] = NamedDatasetLocator.PublicName(DatasetPlace(parsed, file));
        var (models, initial) = (Files(parsed, SurrogateModels), Files(parsed, SurrogateInit));
        choices[SurrogateInit.JsonName] = initial; // Files for now: that there are any decides about defaults of the training.
        var storage = parsed.GetValue(Storage);
        return new EnhancementJob(
            choices.ToRequest("new"), storage is not null, parsed.GetValue(Surrogates), (string?)_request.Read(parsed, HeldOut), models)
        {
            Storage = storage,
            InitialFiles = initial,
        };
    }

    private string[]? Files(ParseResult parsed, OptionEntry option) => _request.Read(parsed, option) is string[] { Length: > 0 } files ? files : null;

    /// <summary>What was chosen, without files, which get names of their own, and without what may be a secret in places.</summary>
    private EnhancementChoices Choices(ParseResult parsed)
    {
        var choices = new EnhancementChoices();
        foreach (var option in EnhancementChoices.Options.Where(option => option != Dataset && option != SurrogateModels && option != SurrogateInit && option != HeldOut))
            choices[option.JsonName] = _request.Read(parsed, option);
        if (choices[Score.JsonName] is ScoringRequest score)
            choices[Score.JsonName] = score with { Test = NamedDatasetLocator.PublicName(score.Test), Init = null }; // The files get names, too.
        return choices;
    }
}
