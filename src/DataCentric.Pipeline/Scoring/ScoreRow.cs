namespace DataCentric.Pipeline.Scoring;

/// <summary>A row of the table: means over seeds with half-widths of their 95 % intervals.</summary>
/// <param name="Arm">Name of the training set.</param>
/// <param name="Architecture">Registry name; null for the mean over architectures.</param>
/// <param name="Ori">Accuracy on clean images.</param>
/// <param name="Adv">Accuracy on attacked images.</param>
/// <param name="Cor">Accuracy on corrupted images.</param>
/// <param name="Score">R, or the pooled accuracy.</param>
/// <param name="Gain">Score less the baseline's, seed by seed; null for the baseline.</param>
public sealed record ScoreRow(string Arm, string? Architecture, Estimate Ori, Estimate Adv, Estimate Cor, Estimate Score, Estimate? Gain = null);
