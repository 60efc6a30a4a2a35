namespace DataCentric.Pipeline.Evaluation;

/// <summary>Score of one network.</summary>
/// <param name="Variant">Name of the training set.</param>
/// <param name="Seed">Seed of the training; of imported networks the number among those of its variant and architecture, from 1.</param>
/// <param name="Model">The network.</param>
/// <param name="Accuracies">Percent of each part that it classifies right.</param>
/// <param name="Attacks">Percent of the attacked images, by attack.</param>
/// <param name="Kinds">Percent of the corrupted images, by kind of corruption.</param>
public sealed record NetworkScore(
    [property: JsonPropertyName("arm")] string Variant,
    ulong Seed,
    TrainedModel Model,
    PartAccuracies Accuracies,
    IReadOnlyDictionary<string, double> Attacks,
    IReadOnlyDictionary<string, double> Kinds)
{
    /// <summary>Percent of the corrupted images whose kinds recipes use, too; null where the test sets have no others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SeenKinds { get; init; }

    /// <summary>Percent of the corrupted images whose kinds no recipe uses; null where the test sets have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UnseenKinds { get; init; }

    /// <summary>Percent of the clean images that it still has right when it is attacked itself (<see cref="WhiteBoxAttack"/>); null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WhiteBox { get; init; }

    /// <summary>Which images it has right; null in scores of versions that did not keep it.</summary>
    public RightImages? Right { get; init; }

    /// <summary>Test images of each attack and kind. Null in a <see cref="ScoreRecord"/>, whose groups have these numbers once for all networks.</summary>
    public GroupCounts? Counts { get; init; }
}

/// <summary>Numbers of test images.</summary>
/// <param name="Attacks">By attack.</param>
/// <param name="Kinds">By kind of corruption.</param>
/// <param name="SeenKinds">Corrupted images whose kinds recipes use, too.</param>
/// <param name="UnseenKinds">Corrupted images whose kinds no recipe uses.</param>
public sealed record GroupCounts(IReadOnlyDictionary<string, int> Attacks, IReadOnlyDictionary<string, int> Kinds, int SeenKinds, int UnseenKinds);

/// <summary>Percent classified right.</summary>
/// <param name="Ori">Of the clean images.</param>
/// <param name="Adv">Of the attacked images.</param>
/// <param name="Cor">Of the corrupted images.</param>
/// <param name="Pooled">Of all together.</param>
public sealed record PartAccuracies(double Ori, double Adv, double Cor, double Pooled)
{
    /// <summary>R, the mean of the three parts.</summary>
    public double R => (Ori + Adv + Cor) / 3;

    /// <summary>The figure that a measure asks for.</summary>
    /// <param name="measure">The measure.</param>
    public double Score(ScoreMeasure measure) => measure == ScoreMeasure.Paper ? R : Pooled;
}

/// <summary>Which figure gains are told in.</summary>
public enum ScoreMeasure
{
    /// <summary>R, the plain mean of the three accuracies (the paper).</summary>
    Paper,

    /// <summary>Accuracy over all images pooled (the competition).</summary>
    Competition,
}
