namespace DataCentric.Attacks;

/// <summary>Which preset a user chose.</summary>
public sealed record PresetChoice
{
    /// <summary>Name of a preset. Default quick.</summary>
    [Option("How training is set: {0}.", Value = "NAME", Words = nameof(Names))]
    public string Preset { get; init; } = TrainingPresets.QuickName;

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => TrainingPresets.Names;
}

/// <summary>Named settings of a training, which single switches change further.</summary>
public static class TrainingPresets
{
    /// <summary>Name of <see cref="Quick"/>.</summary>
    public const string QuickName = "quick";

    /// <summary>Name of <see cref="Competition"/>.</summary>
    public const string CompetitionName = "competition";

    /// <summary>The names. The first is the default.</summary>
    public static IReadOnlyList<string> Names { get; } = [QuickName, CompetitionName];

    /// <summary>Minutes on a processor: as surrogates are trained, for 12 epochs or the compact profile's least number of steps.</summary>
    public static SurrogateOptions Quick { get; } = new() { MinimumSteps = AttackProfiles.Compact.Surrogates.MinimumSteps };

    /// <summary>
    /// The Data-Centric Robust Learning competition: 200 epochs of SGD with momentum 0.9, batch 256, cosine by epochs, weight decay 1e-4
    /// on every parameter, learning rate 0.1, or 0.01 for PreActResNet-18.
    /// </summary>
    /// <param name="architecture">The network.</param>
    public static SurrogateOptions Competition(string architecture) => new()
    {
        Epochs = 200,
        BatchSize = 256,
        LearningRate = architecture == "preactresnet18" ? 0.01 : 0.1,
        WeightDecay = 1e-4,
        DecayAll = true,
        Nesterov = false,
        Schedule = TrainingSchedule.EpochCosine,
    };

    /// <summary>
    /// A setting for training that begins with a trained network: 3 epochs, or 150 steps on a small set, of 16 images at a learning rate of at
    /// most 0.005. Small steps keep what the network knows, and small batches of large images fit into memory (a ResNet-50 takes about
    /// 0.2 GB for each image of 224 x 224).
    /// </summary>
    /// <param name="usual">The rest of the setting.</param>
    public static SurrogateOptions FineTuning(SurrogateOptions usual)
    {
        ArgumentNullException.ThrowIfNull(usual);
        return usual with { Epochs = 3, MinimumSteps = 150, BatchSize = 16, LearningRate = 0.005 };
    }

    /// <summary>The setting of that name for a network.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="architecture">The network.</param>
    /// <exception cref="InputException">There is none of that name; the message lists them.</exception>
    public static SurrogateOptions Get(string name, string architecture) => name switch
    {
        QuickName => Quick,
        CompetitionName => Competition(architecture),
        _ => throw new InputException($"Preset '{name}': expected one of {string.Join(", ", Names)}."),
    };
}
