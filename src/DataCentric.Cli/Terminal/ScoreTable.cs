using DataCentric.Pipeline.Evaluation;

namespace DataCentric.Cli.Terminal;

/// <summary>Scores in the layout of the paper's Table 1: architectures across, and for each training set ori, adv, cor and R.</summary>
internal static class ScoreTable
{
    public static void Show(ScoreRecord record)
    {
        Messages.Table(Summary(record));
        Messages.Table(Breakdown(record, "attack", network => network.Attacks.ToDictionary(attack => AttackProfiles.Find(attack.Key)?.Name ?? attack.Key, attack => attack.Value)));
        Messages.Table(Breakdown(record, "corruption", network => Families(network).Concat(network.Kinds).ToDictionary()));
    }

    private static Table Summary(ScoreRecord record)
    {
        var score = ScoreChart.ScoreName(record);
        string?[] architectures = [.. record.Rows.Select(row => row.Architecture).Distinct().OrderBy(name => name is null)];
        var table = new Table().Border(TableBorder.Rounded).AddColumn("%");
        foreach (var architecture in architectures)
            table.AddColumn(new TableColumn(architecture ?? "mean").RightAligned());
        foreach (var variant in record.Variants)
        {
            Row($"ori, {variant.Name}", row => row.Ori);
            Row($"adv, {variant.Name}", row => row.Adv);
            Row($"cor, {variant.Name}", row => row.Cor);
            Row($"{score}, {variant.Name}", row => row.Score);
            if (variant != record.Variants[0])
                Row($"gain, {variant.Name}", row => row.Gain, sign: true);

            void Row(string name, Func<ScoreRow, Estimate?> value, bool sign = false) => table.AddRow(
            [
                Markup.Escape(name),
                .. architectures.Select(architecture => record.Rows.FirstOrDefault(row => row.Variant == variant.Name && row.Architecture == architecture) is { } row
                    ? Text(value(row), sign) : ""),
            ]);
        }

        return table;
    }

    /// <summary>Means over all networks of a variant.</summary>
    private static Table Breakdown(ScoreRecord record, string title, Func<NetworkScore, IReadOnlyDictionary<string, double>> groups)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{title}, %");
        foreach (var variant in record.Variants)
            table.AddColumn(new TableColumn(Markup.Escape(variant.Name)).RightAligned());
        foreach (var group in record.Networks.SelectMany(network => groups(network).Keys).Distinct())
        {
            var means = record.Variants.Select(variant => record.Networks.Where(network => network.Variant == variant.Name).Average(network => groups(network).GetValueOrDefault(group)));
            table.AddRow([Markup.Escape(group), .. means.Select(mean => mean.ToString("F1", CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static IEnumerable<KeyValuePair<string, double>> Families(NetworkScore network)
    {
        if (network is { SeenKinds: { } seen, UnseenKinds: { } unseen })
            return [new("kinds of CIFAR-10-C", seen), new("unseen kinds (C-bar)", unseen)];
        return [];
    }

    private static string Text(Estimate? estimate, bool sign) => estimate is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{(sign && estimate.Mean > 0 ? "+" : "")}{estimate.Mean:F2}{(estimate.HalfWidth is { } width ? $" ± {width:F2}" : "")}");
}
