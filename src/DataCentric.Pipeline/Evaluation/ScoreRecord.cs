using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// How robust networks are that were trained on a raw set and on enhanced ones: <c>score.json</c>. All accuracies and R are percent.
/// For each network R = (ori + adv + cor) / 3 (Zhong et al. 2022, eq. 7), and pooled = share of all images of the three parts that are
/// classified right (the competition's score).
/// </summary>
public sealed record ScoreRecord
{
    /// <summary>Version of this file's layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Which figure gains are told in.</summary>
    public required ScoreMeasure Measure { get; init; }

    /// <summary>Whether test images may have been used for training.</summary>
    public required TestProtocol Protocol { get; init; }

    /// <summary>Hash of the test sets.</summary>
    public required string TestSha256 { get; init; }

    /// <summary>Images in each part of the test sets.</summary>
    public required int TestCount { get; init; }

    /// <summary>How strong the attacked part of the test sets is; null where it was not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttackStrength? Strength { get; init; }

    /// <summary>The training sets that are compared. The first is the baseline, the raw set where there is one.</summary>
    [JsonPropertyName("arms")]
    public required IReadOnlyList<TrainingSetVariant> Variants { get; init; }

    /// <summary>How networks were trained, by architecture; null where they were imported.</summary>
    public IReadOnlyDictionary<string, SurrogateOptions>? Training { get; init; }

    /// <summary>SHA-256 of the model files that trainings began with, by architecture; null where networks were untrained or imported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Initial { get; init; }

    /// <summary>Each network that was scored.</summary>
    public required IReadOnlyList<NetworkScore> Networks { get; init; }

    /// <summary>Rows of the table: one for each variant and architecture, over all seeds, then the mean over architectures for each variant.</summary>
    public required IReadOnlyList<ScoreRow> Rows { get; init; }

    /// <summary>The same networks by attack and by kind of corruption, with numbers of images; empty in records of versions that did not keep it.</summary>
    public IReadOnlyList<ScoreGroup> Groups { get; init; } = [];

    /// <summary>What computed.</summary>
    public required string Device { get; init; }

    /// <summary>Makes the record of scores that are there.</summary>
    /// <param name="measure">Which figure gains are told in.</param>
    /// <param name="test">The test sets.</param>
    /// <param name="variants">The training sets, the baseline first.</param>
    /// <param name="training">How networks were trained; null where they were imported.</param>
    /// <param name="scores">Scores of the networks of these variants, in the order of each variant's rows.</param>
    /// <param name="device">What computed.</param>
    internal static ScoreRecord Of(
        ScoreMeasure measure,
        TestSetSummary test,
        IReadOnlyList<TrainingSetVariant> variants,
        IReadOnlyDictionary<string, SurrogateOptions>? training,
        IReadOnlyList<NetworkScore> scores,
        string device)
    {
        NetworkScore[] networks = [.. variants.SelectMany(variant => scores.Where(score => score.Variant == variant.Name))];
        return new()
        {
            Measure = measure,
            Protocol = test.Protocol,
            TestSha256 = test.Sha256,
            TestCount = test.Count,
            Strength = test.Strength,
            Variants = variants,
            Training = training,
            Networks = [.. networks.Select(network => network with { Counts = null })],
            Rows = ScoreRows.Of(networks, measure),
            Groups = ScoreGroups.Of(networks, test.Count),
            Device = device,
        };
    }

    /// <summary>The means of a raw and of an enhanced set.</summary>
    internal ScoreSummary ToSummary()
    {
        double[] means = [.. Rows.Where(row => row.Architecture is null).Select(row => row.Score.Mean)];
        return new(means[0], means[1]);
    }
}
