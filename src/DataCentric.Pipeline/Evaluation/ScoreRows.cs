namespace DataCentric.Pipeline.Evaluation;

/// <summary>Makes the table's rows from the scores of single networks. Pure.</summary>
internal static class ScoreRows
{
    /// <summary>One row for each variant and architecture, in the order in which they come, and after each variant's the mean over architectures.</summary>
    /// <param name="networks">Scores; the first one's variant is the baseline.</param>
    /// <param name="measure">Which figure is the score.</param>
    public static IReadOnlyList<ScoreRow> Of(IReadOnlyList<NetworkScore> networks, ScoreMeasure measure)
    {
        var baseline = networks.Count > 0 ? networks[0].Variant : null;
        var rows = new List<ScoreRow>();
        foreach (var variant in networks.GroupBy(network => network.Variant))
        {
            foreach (var architecture in variant.GroupBy(network => network.Model.Architecture))
                rows.Add(Row(variant.Key, architecture.Key, [.. architecture.Select(network => new[] { network })]));
            rows.Add(Row(variant.Key, null, [.. variant.GroupBy(network => network.Seed).Select(seed => seed.ToArray())]));
        }

        return rows;

        // Each draw holds the networks of one seed.
        ScoreRow Row(string variant, string? architecture, NetworkScore[][] draws)
        {
            return new(
                variant,
                architecture,
                Mean(accuracies => accuracies.Ori),
                Mean(accuracies => accuracies.Adv),
                Mean(accuracies => accuracies.Cor),
                Mean(accuracies => accuracies.Score(measure)),
                variant == baseline ? null : Gain());

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
            .Where(other => other.Variant == baseline && other.Model.Architecture == network.Model.Architecture && other.Seed == network.Seed)
            .Take(1)
            .Select(other => network.Accuracies.Score(measure) - other.Accuracies.Score(measure));
    }
}
