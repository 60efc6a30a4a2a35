namespace DataCentric.Pipeline.Model;

/// <summary>All there is to know of a run: <c>run.json</c>. Written last: where it lies, the enhanced set is whole and verified.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this file's layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What was asked for.</summary>
    public required EnhancementRequest Request { get; init; }

    /// <summary>The input, as a reference with its hash.</summary>
    public required IngestedSet Input { get; init; }

    /// <summary>The set that was made, whose labels are probabilities where the input's are or the run makes them so.</summary>
    [JsonIgnore]
    public IngestedSet Output => Input with { HasSoftLabels = Input.HasSoftLabels || Request.Labels == LabelRule.Distilled };

    /// <summary>Format of the input.</summary>
    public required string InputFormat { get; init; }

    /// <summary>Samples in the source, before any limit.</summary>
    public required int Available { get; init; }

    /// <summary>Broken pictures of the source that were left out, because that was asked for; null where none were.</summary>
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>Names of the classes, in label order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How many samples have each role; those of <see cref="FailedShards"/> are clean.</summary>
    public required PlanSummary Plan { get; init; }

    /// <summary>How many samples each kind of corruption got.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>What the scores that chose came to; null where chance did.</summary>
    public SelectionSummary? Selection { get; init; }

    /// <summary>The ensemble; empty where none attacked or chose.</summary>
    public required IReadOnlyList<TrainedModel> Surrogates { get; init; }

    /// <summary>What the attack did on average; null where nothing was attacked.</summary>
    public AttackSummary? Attack { get; init; }

    /// <summary>Files of the enhanced set with their hashes.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>Seconds each stage took, and processor time where it was counted, in the process that finished the run and those that computed for it.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>
    /// What computed: product version, runtime, and the device of the surrogates. Attacked pixels are byte-identical on machines that agree
    /// here; floating point may differ elsewhere.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Terms of the source data, which are those of this set as well; null in sets made before terms were asked for.</summary>
    public DataLicense? License { get; init; }

    /// <summary>Semantic version of the set.</summary>
    public string DataVersion { get; init; } = SemanticVersion.Default;

    /// <summary>When the set was published; null in sets made before this was recorded.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Tries that failed and were repeated, in whatever process.</summary>
    public IReadOnlyList<FailedTry> FailedTries { get; init; } = [];

    /// <summary>Shards that failed for good, as <see cref="EnhancementRequest.MaxFailedShards"/> allows; null where none did.</summary>
    public IReadOnlyList<FailedShard>? FailedShards { get; init; }

    /// <summary>What networks trained on it came to, by <see cref="EnhancementRequest.Score"/>; null where it was not scored by its run.</summary>
    public ScoreSummary? Score { get; init; }

    /// <summary>Figures of card and report; null in sets made before there were any.</summary>
    public SetStatistics? Statistics { get; init; }

    /// <summary>SHA-256 of the file without this member, which is its last; <see cref="RunFile"/> writes and checks it. Null in sets of 0.2.0 and earlier.</summary>
    public string? Seal { get; init; }

    /// <summary>The few figures that a user wants first.</summary>
    /// <param name="location">Where the result lies.</param>
    public EnhancementSummary ToSummary(string location) =>
        new(Request.RunId, location, Input.Count, Plan, Attack, License?.Id ?? DataLicense.UnknownId, Score, FailedShards);
}

/// <summary>A try of some work that failed and was repeated.</summary>
/// <param name="Part">The work, such as <c>shard adversarial-000000000-000064</c>.</param>
/// <param name="Reason">What went wrong.</param>
public sealed record FailedTry(string Part, string Reason);
