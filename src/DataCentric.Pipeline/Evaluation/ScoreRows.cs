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
        var bootstrap = Bootstrap.Of(networks);
        var rows = new List<ScoreRow>();
        foreach (var variant in networks.GroupBy(network => network.Variant))
        {
            foreach (var architecture in variant.GroupBy(network => network.Model.Architecture))
                rows.Add(Row(variant.Key, architecture.Key, architecture));
            rows.Add(Row(variant.Key, null, variant));
        }

        return rows;

        ScoreRow Row(string variant, string? architecture, IEnumerable<NetworkScore> members)
        {
            NetworkScore[][] seeds = [.. members.GroupBy(network => network.Seed).OrderBy(seed => seed.Key).Select(seed => seed.ToArray())];
            return new(
                variant,
                architecture,
                Mean(accuracies => accuracies.Ori),
                Mean(accuracies => accuracies.Adv),
                Mean(accuracies => accuracies.Cor),
                Mean(accuracies => accuracies.Score(measure)),
                variant == baseline ? null : Gain());

            Estimate Mean(Func<PartAccuracies, double> value) =>
                Estimated([.. seeds.Select(seed => (SeedFigure)(accuracies => seed.Average(network => value(accuracies(network)))))]);

            Estimate? Gain()
            {
                var pairs = seeds.Select(seed => seed.SelectMany(PairOf).ToArray()).Where(seed => seed.Length > 0);
                SeedFigure[] gains = [.. pairs.Select(seed => (SeedFigure)(accuracies => seed.Average(pair => Difference(pair, accuracies))))];
                return gains is [] ? null : Estimated(gains);
            }
        }

        Estimate Estimated(SeedFigure[] seeds)
        {
            var estimate = Estimate.Of([.. seeds.Select(seed => seed(network => network.Accuracies))]);
            return bootstrap?.Interval(seeds) is var (low, high) ? estimate with { Low = low, High = high } : estimate;
        }

        // With the baseline's network of the same architecture and seed.
        IEnumerable<(NetworkScore Network, NetworkScore Baseline)> PairOf(NetworkScore network) => networks
            .Where(other => other.Variant == baseline && other.Model.Architecture == network.Model.Architecture && other.Seed == network.Seed)
            .Take(1)
            .Select(other => (network, other));

        double Difference((NetworkScore Network, NetworkScore Baseline) pair, Func<NetworkScore, PartAccuracies> accuracies) =>
            accuracies(pair.Network).Score(measure) - accuracies(pair.Baseline).Score(measure);
    }
}
