namespace DataCentric.Imaging.Corruptions;

/// <summary>A named set of kinds, in the order of its publication.</summary>
/// <param name="Name">Name of the set, such as <c>cifar</c>.</param>
/// <param name="Number">Number of the set; part of the stored results, never renumbered.</param>
/// <param name="Kinds">The kinds in order.</param>
public sealed record CorruptionSet(string Name, int Number, IReadOnlyList<CorruptionKind> Kinds)
{
    /// <summary>One corruption of the set. Keep it: it is made anew each time.</summary>
    /// <param name="kind">Name of the kind, such as <c>frost</c>.</param>
    /// <param name="severity">1 to 5, or 0 for the exact parameters of <c>paper14</c>.</param>
    /// <exception cref="InputException">There is no such kind or severity; the message lists what there is.</exception>
    public Corruption this[string kind, int severity = 0] => CorruptionCatalog.Create(Name, kind, severity);
}

/// <summary>All corruptions there are. Adding one adds a line here and a file of its own.</summary>
public static class CorruptionCatalog
{
    /// <summary>Name of the paper's 14 kinds, with the exact parameters of its published code.</summary>
    public const string Paper14 = "paper14";

    /// <summary>Name of CIFAR-10-C's 19 kinds, with the constants made for 32 x 32 pixels.</summary>
    public const string Cifar = "cifar";

    /// <summary>Name of the same 19 kinds with the constants of ImageNet-C as imagecorruptions ships them; far stronger on small images.</summary>
    public const string ImageNet = "imagenet";

    /// <summary>Name of CIFAR-10-C-bar's ten kinds, which are unlike those of CIFAR-10-C: unseen ones, to test with.</summary>
    public const string CifarBar = "cifar-bar";

    /// <summary>Name of augmentations that are no benchmark's corruptions: AugMix.</summary>
    public const string Augmentations = "augmentations";

    private const string All19 = "all19";

    /// <summary>The sets in order. Of the 19 kinds the first 15 are the common ones, the last four the extra ones.</summary>
    public static IReadOnlyList<CorruptionSet> Sets { get; } =
    [
        new(Paper14, 1,
        [
            Rain.Paper,
            Snow.Paper,
            Frost.Paper,
            Saturate.Paper,
            Dropout.Paper,
            CoarseDropout.Paper,
            Snowflakes.Paper,
            GaussianNoise.Paper,
            Elastic.Paper,
            KMeans.Paper,
            GaussianBlur.Paper,
            MotionBlur.Paper,
            Jpeg.Paper,
            Pixelate.Paper,
        ]),
        new(Cifar, 2,
        [
            GaussianNoise.Cifar,
            ShotNoise.Cifar,
            ImpulseNoise.Cifar,
            DefocusBlur.Cifar,
            GlassBlur.Cifar,
            MotionBlur.Cifar,
            ZoomBlur.Cifar,
            Snow.Cifar,
            Frost.Cifar,
            Fog.Cifar,
            Brightness.Cifar,
            Contrast.Cifar,
            ElasticTransform.Cifar,
            Pixelate.Cifar,
            Jpeg.Cifar,
            SpeckleNoise.Cifar,
            GaussianBlur.Cifar,
            Spatter.Cifar,
            Saturate.Cifar,
        ]),
        new(ImageNet, 3,
        [
            GaussianNoise.ImageNet,
            ShotNoise.ImageNet,
            ImpulseNoise.ImageNet,
            DefocusBlur.ImageNet,
            GlassBlur.ImageNet,
            MotionBlur.ImageNet,
            ZoomBlur.ImageNet,
            Snow.ImageNet,
            Frost.ImageNet,
            Fog.ImageNet,
            Brightness.ImageNet,
            Contrast.ImageNet,
            ElasticTransform.ImageNet,
            Pixelate.ImageNet,
            Jpeg.ImageNet,
            SpeckleNoise.ImageNet,
            GaussianBlur.ImageNet,
            Spatter.ImageNet,
            Saturate.ImageNet,
        ]),
        new(CifarBar, 4,
        [
            BlueNoiseSample.CifarBar,
            CheckerboardCutout.CifarBar,
            InverseSparkles.CifarBar,
            PinchAndTwirl.CifarBar,
            Ripple.CifarBar,
            BrownishNoise.CifarBar,
            CircularMotionBlur.CifarBar,
            Lines.CifarBar,
            Sparkles.CifarBar,
            TransverseChromaticAberration.CifarBar,
        ]),
        new(Augmentations, 5, [AugMix.Augmentation]),
    ];

    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["all14"] = Paper14,
        [All19] = Cifar,
    };

    /// <summary>The set of that name.</summary>
    /// <param name="name">Name of a set, or <c>all14</c> or <c>all19</c>.</param>
    /// <exception cref="InputException">There is none; the message lists those there are.</exception>
    public static CorruptionSet Set(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = Aliases.GetValueOrDefault(name, name);
        return Sets.FirstOrDefault(set => set.Name == wanted)
            ?? throw new InputException($"No set of corruptions is called '{name}'; there are {Join(Sets.Select(set => set.Name))}.");
    }

    /// <summary>Makes one corruption.</summary>
    /// <param name="set">Name of the set.</param>
    /// <param name="kind">Name of the kind.</param>
    /// <param name="severity">1 to 5, or 0 for the exact parameters of <c>paper14</c>.</param>
    /// <param name="options">What the user chose; null means the defaults.</param>
    /// <exception cref="InputException">There is no such set, kind or severity; the message lists what there is.</exception>
    public static Corruption Create(string set, string kind, int severity = 0, CorruptionOptions? options = null) =>
        Create(Set(set), kind, severity, options ?? CorruptionOptions.Default);

    /// <summary>Makes every kind of a set at one severity, in the order of the set.</summary>
    /// <param name="set">Name of the set, or <c>all14</c> or <c>all19</c>.</param>
    /// <param name="severity">1 to 5, or 0 for the exact parameters of <c>paper14</c>.</param>
    /// <param name="options">What the user chose; null means the defaults.</param>
    /// <exception cref="InputException">There is no such set or severity; the message lists what there is.</exception>
    public static IReadOnlyList<Corruption> CreateAll(string set, int severity = 0, CorruptionOptions? options = null)
    {
        var found = Set(set);
        return [.. found.Kinds.Select(kind => Create(found, kind.Name, severity, options ?? CorruptionOptions.Default))];
    }

    /// <summary>Makes the corruptions that a user lists by name.</summary>
    /// <param name="kinds">
    /// <c>all14</c> or <c>paper14</c>, <c>cifar</c>, <c>imagenet</c>, <c>cifar-bar</c>, <c>augmentations</c>, <c>all19</c> (the 19 kinds of <paramref name="set"/> if
    /// that is <c>imagenet</c>, else of <c>cifar</c>), or names of kinds of the set with commas between them.
    /// </param>
    /// <param name="set">Name of the set that names are looked up in; null means <c>paper14</c>.</param>
    /// <param name="severity">1 to 5, or 0 for the exact parameters of <c>paper14</c>.</param>
    /// <param name="options">What the user chose; null means the defaults.</param>
    /// <exception cref="InputException">There is no such set, kind or severity, a kind is named twice, or the kinds are another set's.</exception>
    public static IReadOnlyList<Corruption> Select(
        string kinds, string? set = null, int severity = 0, CorruptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds == All19 && set is Cifar or ImageNet)
            return CreateAll(set, severity, options);
        if (Aliases.ContainsKey(kinds) || Sets.Any(known => known.Name == kinds))
        {
            return set is null || Set(set) == Set(kinds)
                ? CreateAll(kinds, severity, options)
                : throw new InputException($"Kinds {kinds} do not belong to the set {set}.");
        }

        var names = kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0 || names.Distinct().Count() != names.Length)
            throw new InputException($"Kinds '{kinds}': expected names with commas between them, each once, or all14, all19 or the name of a set.");
        return [.. names.Select(name => Create(set ?? Paper14, name, severity, options))];
    }

    private static Corruption Create(CorruptionSet set, string name, int severity, CorruptionOptions options)
    {
        var kind = set.Kinds.FirstOrDefault(kind => kind.Name == name) ?? throw new InputException(
            $"The set {set.Name} has no corruption '{name}'; it has {Join(set.Kinds.Select(kind => kind.Name))}.");
        if (!kind.Severities.Contains(severity))
        {
            throw new InputException(
                $"{set.Name}/{name} has no severity {severity}; it has {Join(kind.Severities.Select(Describe))}.");
        }

        var code = (set.Number << 16) | (kind.Number << 8) | severity;
        return kind.Make(new CorruptionId(set.Name, name, severity, code), options);
    }

    private static string Describe(int severity) => severity == 0 ? "0 (the exact parameters)" : $"{severity}";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
