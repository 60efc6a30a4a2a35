namespace DataCentric.Pipeline.Evaluation;

/// <summary>A row of the table: means over seeds with half-widths of their 95 % intervals.</summary>
/// <param name="Arm">Name of the training set.</param>
/// <param name="Architecture">Registry name; null for the mean over architectures.</param>
/// <param name="Ori">Accuracy on clean images.</param>
/// <param name="Adv">Accuracy on attacked images.</param>
/// <param name="Cor">Accuracy on corrupted images.</param>
/// <param name="Score">R, or the pooled accuracy.</param>
/// <param name="Gain">Score less the baseline's, seed by seed; null for the baseline.</param>
public sealed record ScoreRow(string Arm, string? Architecture, Estimate Ori, Estimate Adv, Estimate Cor, Estimate Score, Estimate? Gain = null);

/// <summary>Makes the table's rows from the scores of single networks. Pure.</summary>
public static class ScoreRows
{
    /// <summary>One row for each arm and architecture, in the order in which they come, and after each arm's the mean over architectures.</summary>
    /// <param name="networks">Scores; the first one's arm is the baseline.</param>
    /// <param name="measure">Which figure is the score.</param>
    public static IReadOnlyList<ScoreRow> Of(IReadOnlyList<NetworkScore> networks, ScoreMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var baseline = networks.Count > 0 ? networks[0].Arm : null;
        var rows = new List<ScoreRow>();
        foreach (var arm in networks.GroupBy(network => network.Arm))
        {
            foreach (var architecture in arm.GroupBy(network => network.Model.Architecture))
                rows.Add(Row(arm.Key, architecture.Key, [.. architecture.Select(network => new[] { network })]));
            rows.Add(Row(arm.Key, null, [.. arm.GroupBy(network => network.Seed).Select(seed => seed.ToArray())]));
        }

        return rows;

        // Each draw holds the networks of one seed.
        ScoreRow Row(string arm, string? architecture, NetworkScore[][] draws)
        {
            return new(
                arm,
                architecture,
                Mean(accuracies => accuracies.Ori),
                Mean(accuracies => accuracies.Adv),
                Mean(accuracies => accuracies.Cor),
                Mean(accuracies => accuracies.Score(measure)),
                arm == baseline ? null : Gain());

            Estimate Mean(Func<PartAccuracies, double> value) =>
                Estimate.Of([.. draws.Select(draw => draw.Average(network => value(network.Accuracies)))]);

            Estimate? Gain()
            {
                var gains = draws.Select(draw => draw.SelectMany(GainOf).ToArray()).Where(draw => draw.Length > 0);
                return gains.Select(draw => draw.Average()).ToArray() is { Length: > 0 } values ? Estimate.Of(values) : null;
            }
        }

        // Against the baseline's network of the same architecture and seed.
        IEnumerable<double> GainOf(NetworkScore network) => networks
            .Where(other => other.Arm == baseline && other.Model.Architecture == network.Model.Architecture && other.Seed == network.Seed)
            .Take(1)
            .Select(other => network.Accuracies.Score(measure) - other.Accuracies.Score(measure));
    }
}

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval, t s / sqrt(n) with Student's t of n - 1 degrees; null for a single seed.</param>
/// <param name="Seeds">Number of seeds, n.</param>
public sealed record Estimate(double Mean, double? HalfWidth, int Seeds)
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
