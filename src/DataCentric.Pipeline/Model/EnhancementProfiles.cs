using DataCentric.Imaging.Corruptions;

namespace DataCentric.Pipeline.Model;

/// <summary>A recipe for a whole set: how it is attacked, and how much of it is attacked and corrupted, by what.</summary>
/// <param name="Attack">The attack and its ensemble; the recipe has its name.</param>
public sealed record EnhancementProfile(AttackProfile Attack)
{
    /// <summary>Name that users give.</summary>
    public string Name => Attack.Name;

    /// <summary>Shares of clean, adversarial and corrupted samples. Default 0:1:4 (paper).</summary>
    public Split Split { get; init; } = Split.Paper;

    /// <summary>Kinds of corruption and how strong they are. Default: the paper's.</summary>
    public CorruptionRequest Corruptions { get; init; } = new();

    /// <summary>A request that leaves all to this recipe; where surrogates choose, they do so class by class.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="dataset">Where the data set lies.</param>
    /// <param name="isFineTuned">Whether training begins with trained networks: then it is <see cref="TrainingPresets.FineTuning"/>.</param>
    public EnhancementRequest Request(string runId, string dataset, bool isFineTuned = false) => new()
    {
        RunId = runId,
        Dataset = dataset,
        Split = Split,
        SelectionBalance = SelectionBalance.Classes,
        Corruptions = Corruptions,
        Attack = Attack.Attack,
        Surrogates = isFineTuned ? TrainingPresets.FineTuning(Attack.Surrogates) : Attack.Surrogates,
    };
}

/// <summary>Which recipe a user chose.</summary>
public sealed record ProfileChoice
{
    /// <summary>Name of an <see cref="EnhancementProfile"/>. Default recommended.</summary>
    [Option("The recipe: {0}.", Value = "NAME", Words = nameof(Names))]
    public string Profile { get; init; } = EnhancementProfiles.Recommended.Name;

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => EnhancementProfiles.All.Select(profile => profile.Name);
}

/// <summary>The recipes that users name with <c>--profile</c>.</summary>
public static class EnhancementProfiles
{
    private const int Mild = 2; // of 5: "medium strength beats maximum", as the competition's teams found

    /// <summary>What the measurements in docs/score.md say: a fifth stays clean, two are attacked, one is corrupted mildly, one augmented.</summary>
    public static EnhancementProfile Recommended { get; } = new(AttackProfiles.Recommended)
    {
        Split = new(1, 2, 2),
        Corruptions = new() { Set = $"{CorruptionCatalog.Paper14},{CorruptionCatalog.Augmentations}", Severity = Mild },
    };

    /// <summary>The recipes. The first is the default; the others have the paper's split and corruptions.</summary>
    public static IReadOnlyList<EnhancementProfile> All { get; } =
        [Recommended, .. AttackProfiles.All.Where(attack => attack != AttackProfiles.Recommended).Select(attack => new EnhancementProfile(attack))];

    /// <summary>The recipe of that name.</summary>
    /// <param name="name">Its name, or its name in stored records.</param>
    /// <exception cref="InputException">There is none of that name; the message lists them.</exception>
    public static EnhancementProfile Get(string name)
    {
        var attack = AttackProfiles.Get(name);
        return All.First(profile => profile.Attack == attack);
    }
}
