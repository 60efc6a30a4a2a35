namespace DataCentric.Imaging.Corruptions;

/// <summary>Chances of several corruptions, from which every corrupted sample gets one.</summary>
public sealed class CorruptionMix
{
    private static readonly string[] NarrowGroups =
        ["dropout", "coarse_dropout", "snowflakes", "gaussian_noise", "elastic", "kmeans"];

    private readonly double[] _upTo;

    /// <summary>Makes a mix.</summary>
    /// <param name="corruptions">The corruptions, at least one.</param>
    /// <param name="weights">As many chances, none negative; they are divided by their sum.</param>
    /// <exception cref="InputException">The lists differ in length, a weight is negative or not finite, or all are zero.</exception>
    public CorruptionMix(IReadOnlyList<Corruption> corruptions, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(corruptions);
        ArgumentNullException.ThrowIfNull(weights);
        if (corruptions.Count != weights.Count || corruptions.Count == 0)
            throw new InputException($"A mix of {corruptions.Count} corruptions has {weights.Count} weights; expected one for each.");
        if (!weights.All(weight => double.IsFinite(weight) && weight >= 0) || weights.Sum() <= 0)
            throw new InputException("The weights of a mix must be zero or more, and not all zero.");
        var sum = weights.Sum();
        Corruptions = [.. corruptions];
        Weights = [.. weights.Select(weight => weight / sum)];
        _upTo = [.. Weights.Select((_, index) => Weights.Take(index + 1).Sum())];
    }

    /// <summary>The corruptions in order.</summary>
    public IReadOnlyList<Corruption> Corruptions { get; }

    /// <summary>Their chances, summing to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The same chance for each corruption (the paper: 1/14).</summary>
    /// <param name="corruptions">The corruptions, at least one.</param>
    public static CorruptionMix Uniform(IReadOnlyList<Corruption> corruptions)
    {
        ArgumentNullException.ThrowIfNull(corruptions);
        return new(corruptions, [.. corruptions.Select(_ => 1.0)]);
    }

    /// <summary>
    /// The chances of the paper's published code: four groups of equal size, one kind of the group for each image. Rain, snow, frost,
    /// saturate, gaussian blur, motion blur, JPEG, pixelate 1/16 each; the others, in groups of three, 1/12.
    /// </summary>
    /// <param name="options">What the user chose; null means the defaults.</param>
    /// <param name="severity">1 to 5, or 0 for the exact parameters of the paper.</param>
    public static CorruptionMix Seed(CorruptionOptions? options = null, int severity = 0)
    {
        var kinds = CorruptionCatalog.CreateAll(CorruptionCatalog.Paper14, severity, options);
        return new(kinds, [.. kinds.Select(kind => NarrowGroups.Contains(kind.Name) ? 1.0 / 12 : 1.0 / 16)]);
    }

    /// <summary>The mix of that name over the paper's 14 kinds.</summary>
    /// <param name="name"><c>uniform</c> or <c>seed</c>.</param>
    /// <param name="options">What the user chose; null means the defaults.</param>
    /// <exception cref="InputException">There is no such mix.</exception>
    public static CorruptionMix Named(string name, CorruptionOptions? options = null) => name switch
    {
        "uniform" => Uniform(CorruptionCatalog.CreateAll(CorruptionCatalog.Paper14, 0, options)),
        "seed" => Seed(options),
        _ => throw new InputException($"No mix of corruptions is called '{name}'; there are uniform, seed."),
    };

    /// <summary>Picks the corruption of one sample.</summary>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="sample">Number of the sample in its source.</param>
    public Corruption Pick(ulong runSeed, ulong sample)
    {
        var random = new CounterRandom(runSeed, sample, RandomStage.Kind);
        return Pick(ref random);
    }

    /// <summary>Picks a corruption with one draw.</summary>
    /// <param name="random">Where the draw is taken from.</param>
    public Corruption Pick(ref CounterRandom random)
    {
        var draw = random.NextDouble();
        for (var index = 0; index < _upTo.Length; index++)
        {
            if (draw < _upTo[index])
                return Corruptions[index];
        }

        return Corruptions[Weights.Index().Last(entry => entry.Item > 0).Index];
    }
}
