using DataCentric.Attacks;

namespace DataCentric.Pipeline.Model;

/// <summary>
/// What a user chose, by the names of the command line's switches (<c>--linf-epsilon</c> is <c>linfEpsilon</c> in JSON). What is null comes
/// from the profile or is the default of <see cref="EnhancementRequest"/>.
/// </summary>
public sealed partial record EnhancementChoices
{
    /// <summary>Where the data set lies.</summary>
    public string? Dataset { get; init; }

    /// <summary>Name of an <see cref="AttackProfile"/>.</summary>
    public string? Profile { get; init; }

    /// <summary>Shares clean:adversarial:corrupted.</summary>
    public string? Split { get; init; }

    /// <summary>See <see cref="EnhancementRequest.Selection"/>.</summary>
    public SelectionRule? Selection { get; init; }

    /// <summary>Seed of everything random.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Take only so many samples.</summary>
    public int? Limit { get; init; }

    /// <summary>Parameter set of the corruptions.</summary>
    public string? Corruptions { get; init; }

    /// <summary>Kinds of corruption.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Severity of the corruptions.</summary>
    public int? Severity { get; init; }

    /// <summary>How kinds are shared out.</summary>
    public string? Mix { get; init; }

    /// <summary>See <see cref="AttackOptions.Iterations"/>.</summary>
    public int? Iterations { get; init; }

    /// <summary>See <see cref="AttackOptions.Loss"/>.</summary>
    public AttackLoss? Loss { get; init; }

    /// <summary>See <see cref="AttackOptions.LinfEpsilon"/>.</summary>
    public int? LinfEpsilon { get; init; }

    /// <summary>See <see cref="AttackOptions.LinfStep"/>.</summary>
    public double? LinfStep { get; init; }

    /// <summary>See <see cref="AttackOptions.L2Epsilon"/>.</summary>
    public double? L2Epsilon { get; init; }

    /// <summary>See <see cref="AttackOptions.L2Step"/>.</summary>
    public double? L2Step { get; init; }

    /// <summary>See <see cref="AttackOptions.Momentum"/>.</summary>
    public double? Momentum { get; init; }

    /// <summary>See <see cref="AttackOptions.MomentumNormalization"/>.</summary>
    public MomentumNormalization? MomentumNormalization { get; init; }

    /// <summary>See <see cref="AttackOptions.Smoothing"/>.</summary>
    public SmoothingOrder? Smoothing { get; init; }

    /// <summary>See <see cref="AttackOptions.Diversity"/>.</summary>
    public DiversityDraw? Diversity { get; init; }

    /// <summary>See <see cref="AttackOptions.DiversityProbability"/>.</summary>
    public double? DiversityProbability { get; init; }

    /// <summary>See <see cref="AttackOptions.Start"/>.</summary>
    public AttackStart? Start { get; init; }

    /// <summary>See <see cref="AttackOptions.Quantization"/>.</summary>
    public Quantization? Quantization { get; init; }

    /// <summary>See <see cref="AttackOptions.Precision"/>.</summary>
    public GradientPrecision? Precision { get; init; }

    /// <summary>See <see cref="AttackOptions.EnsembleWeights"/>.</summary>
    public IReadOnlyList<double>? EnsembleWeights { get; init; }

    /// <summary>See <see cref="AttackOptions.BatchSize"/>.</summary>
    public int? AttackBatch { get; init; }

    /// <summary>See <see cref="SurrogateOptions.Architectures"/>.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>See <see cref="SurrogateOptions.Epochs"/>; choosing it turns <see cref="SurrogateOptions.MinimumSteps"/> off.</summary>
    public int? SurrogateEpochs { get; init; }

    /// <summary>See <see cref="EnhancementRequest.SurrogateModels"/>.</summary>
    public IReadOnlyList<string>? SurrogateModels { get; init; }

    /// <summary>See <see cref="EnhancementRequest.HeldOut"/>.</summary>
    public string? HeldOut { get; init; }

    /// <summary>See <see cref="EnhancementRequest.Formats"/>.</summary>
    public IReadOnlyList<string>? Formats { get; init; }

    /// <summary>See <see cref="EnhancementRequest.License"/>.</summary>
    public string? License { get; init; }

    /// <summary>See <see cref="EnhancementRequest.DataVersion"/>.</summary>
    public string? DataVersion { get; init; }

    /// <summary>See <see cref="EnhancementRequest.Score"/>.</summary>
    public ScoringRequest? Score { get; init; }

    /// <summary>See <see cref="EnhancementRequest.ShardSize"/>.</summary>
    public int? ShardSize { get; init; }

    /// <summary>The request that the choices make.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <exception cref="InputException">There is no such profile, or the split is none. Ranges are left to <see cref="EnhancementRequest.Validate"/>.</exception>
    public EnhancementRequest ToRequest(string runId)
    {
        var profile = AttackProfiles.Get(Profile ?? AttackProfiles.Compact.Name);
        var request = new EnhancementRequest { RunId = runId, Dataset = Dataset ?? "" };
        return request with
        {
            Seed = Seed ?? request.Seed,
            Split = Split is null ? request.Split : Model.Split.Parse(Split),
            Selection = Selection ?? request.Selection,
            Limit = Limit,
            Attack = Apply(profile.Attack),
            Surrogates = Apply(profile.Surrogates),
            Corruptions = request.Corruptions with
            {
                Set = Corruptions ?? request.Corruptions.Set,
                Kinds = Kinds,
                Severity = Severity ?? request.Corruptions.Severity,
                MixName = Mix ?? request.Corruptions.MixName,
            },
            SurrogateModels = SurrogateModels,
            HeldOut = HeldOut,
            Formats = Formats,
            License = License,
            DataVersion = DataVersion,
            Score = Score,
            ShardSize = ShardSize ?? request.ShardSize,
        };
    }

    private AttackOptions Apply(AttackOptions profile) => profile with
    {
        Iterations = Iterations ?? profile.Iterations,
        Loss = Loss ?? profile.Loss,
        LinfEpsilon = LinfEpsilon ?? profile.LinfEpsilon,
        LinfStep = LinfStep ?? profile.LinfStep,
        L2Epsilon = L2Epsilon ?? profile.L2Epsilon,
        L2Step = L2Step ?? profile.L2Step,
        Momentum = Momentum ?? profile.Momentum,
        MomentumNormalization = MomentumNormalization ?? profile.MomentumNormalization,
        Smoothing = Smoothing ?? profile.Smoothing,
        Diversity = Diversity ?? profile.Diversity,
        DiversityProbability = DiversityProbability ?? profile.DiversityProbability,
        Start = Start ?? profile.Start,
        Quantization = Quantization ?? profile.Quantization,
        Precision = Precision ?? profile.Precision,
        EnsembleWeights = EnsembleWeights ?? profile.EnsembleWeights,
        BatchSize = AttackBatch ?? profile.BatchSize,
    };

    private SurrogateOptions Apply(SurrogateOptions profile) => profile with
    {
        Architectures = Architectures ?? profile.Architectures,
        Epochs = SurrogateEpochs ?? profile.Epochs,
        MinimumSteps = SurrogateEpochs is null ? profile.MinimumSteps : 0,
    };
}
