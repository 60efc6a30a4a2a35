namespace DataCentric.Pipeline.Scoring;

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
