namespace DataCentric.Pipeline.Model;

/// <summary>A row of the table: means over seeds with their 95 % intervals.</summary>
/// <param name="Variant">Name of the training set.</param>
/// <param name="Architecture">Registry name; null for the mean over architectures.</param>
/// <param name="Ori">Accuracy on clean images.</param>
/// <param name="Adv">Accuracy on attacked images.</param>
/// <param name="Cor">Accuracy on corrupted images.</param>
/// <param name="Score">R, or the pooled accuracy.</param>
/// <param name="Gain">Score less the baseline's, seed by seed; null for the baseline.</param>
public sealed record ScoreRow(
    [property: JsonPropertyName("arm")] string Variant, string? Architecture, Estimate Ori, Estimate Adv, Estimate Cor, Estimate Score, Estimate? Gain = null)
{
    /// <summary>Whether the gain's interval includes 0, so that it may as well be none.</summary>
    [JsonIgnore]
    public bool IsWithinNoise => Gain is { Low: <= 0, High: >= 0 };
}

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval over seeds alone, t s / sqrt(n) with Student's t of n - 1 degrees; null for a single seed.</param>
/// <param name="Seeds">Number of seeds, n.</param>
/// <param name="Low">Lower end of its 95 % interval over test images and seeds, by bootstrap; null where it is not known which images were right.</param>
/// <param name="High">Upper end of that interval.</param>
public sealed record Estimate(double Mean, double? HalfWidth, int Seeds, double? Low = null, double? High = null)
{
    // Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (any table); 1.96 is the limit.
    private static readonly double[] Quantiles =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>Estimates from one value for each seed.</summary>
    /// <param name="values">At least one.</param>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var mean = values.Average();
        if (values.Count == 1)
            return new(mean, null, 1);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var quantile = values.Count - 1 <= Quantiles.Length ? Quantiles[values.Count - 2] : 1.96;
        return new(mean, quantile * deviation / Math.Sqrt(values.Count), values.Count);
    }
}
