using DataCentric.Attacks;
using DataCentric.Pipeline.Scoring.TestSets;
using DataCentric.Pipeline.Scoring.Training;

namespace DataCentric.Pipeline.Scoring;

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

    /// <summary>Hash of the test sets P.</summary>
    public required string TestSha256 { get; init; }

    /// <summary>Images in each part of P.</summary>
    public required int TestCount { get; init; }

    /// <summary>The training sets that are compared. The first is the baseline, the raw set where there is one.</summary>
    public required IReadOnlyList<ScoreArm> Arms { get; init; }

    /// <summary>How networks were trained, by architecture; null where they were brought.</summary>
    public IReadOnlyDictionary<string, SurrogateOptions>? Training { get; init; }

    /// <summary>Each network that was scored.</summary>
    public required IReadOnlyList<NetworkScore> Networks { get; init; }

    /// <summary>Rows of the table: one for each arm and architecture, over all seeds, then the mean over architectures for each arm.</summary>
    public required IReadOnlyList<ScoreRow> Rows { get; init; }

    /// <summary>What computed.</summary>
    public required string Device { get; init; }
}

/// <summary>Which figure gains are told in.</summary>
public enum ScoreMeasure
{
    /// <summary>R, the plain mean of the three accuracies (the paper).</summary>
    Paper,

    /// <summary>Accuracy over all images pooled (the competition).</summary>
    Competition,
}

/// <summary>One of the training sets that are compared.</summary>
/// <param name="Name">Short name, such as <c>raw</c> or <c>0:1:4</c>.</param>
/// <param name="Dataset">Where it lies; null where networks were brought.</param>
/// <param name="Sha256">Hash of its files; null where networks were brought.</param>
/// <param name="Count">Training images; null where networks were brought.</param>
/// <param name="Split">Shares clean:adversarial:corrupted of an enhanced set; null elsewhere.</param>
public sealed record ScoreArm(string Name, string? Dataset = null, string? Sha256 = null, int? Count = null, string? Split = null);

/// <summary>Score of one network.</summary>
/// <param name="Arm">Name of the training set.</param>
/// <param name="Seed">Seed of the training; of brought networks the number among those of its arm and architecture, from 1.</param>
/// <param name="Model">The network.</param>
/// <param name="Accuracies">Percent of each part that it classifies right.</param>
/// <param name="Attacks">Percent of P_adv, by attack.</param>
/// <param name="Kinds">Percent of P_cor, by kind of corruption.</param>
public sealed record NetworkScore(
    string Arm,
    ulong Seed,
    TrainedModel Model,
    PartAccuracies Accuracies,
    IReadOnlyDictionary<string, double> Attacks,
    IReadOnlyDictionary<string, double> Kinds);

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

/// <summary>A row of the table: means over seeds with half-widths of their 95 % intervals.</summary>
/// <param name="Arm">Name of the training set.</param>
/// <param name="Architecture">Registry name; null for the mean over architectures.</param>
/// <param name="Ori">Accuracy on clean images.</param>
/// <param name="Adv">Accuracy on attacked images.</param>
/// <param name="Cor">Accuracy on corrupted images.</param>
/// <param name="Score">R, or the pooled accuracy.</param>
/// <param name="Gain">Score less the baseline's, seed by seed; null for the baseline.</param>
public sealed record ScoreRow(string Arm, string? Architecture, Estimate Ori, Estimate Adv, Estimate Cor, Estimate Score, Estimate? Gain = null);
