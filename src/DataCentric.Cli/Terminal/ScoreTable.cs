using DataCentric.Pipeline.Evaluation;

namespace DataCentric.Cli.Terminal;

/// <summary>Scores in the layout of the paper's Table 1: architectures across, and for each training set ori, adv, cor and R.</summary>
internal static class ScoreTable
{
    private const string WhiteBoxMeaning = "Who knows the weights breaks a network that was trained in the ordinary way, on any set; adversarial training withstands.";

    public static void Show(ScoreRecord record)
    {
        Messages.Table(Summary(record));
        Messages.Table(Breakdown(record, "attack", "adv"));
        Messages.Table(Breakdown(record, "corruption", "cor"));
        if (record.Groups.Any(group => group.Part == "white-box"))
            Messages.Table(Breakdown(record, "attacked itself (no part of R)", "white-box").Caption(WhiteBoxMeaning));
    }

    /// <summary>A sentence for each training set whose gain may as well be none.</summary>
    public static IEnumerable<string> Warnings(ScoreRecord record) =>
        from row in record.Rows
        where row.IsWithinNoise
        group row by row.Variant into rows
        let gains = rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Architecture ?? "the mean"} ({row.Gain!.Mean:+0.00;-0.00;0.00}, 95 % interval {row.Gain.Low:F2} to {row.Gain.High:F2})"))
        select $"The gain of {rows.Key} is within noise, as its interval includes 0, for {string.Join(", ", gains)}. More test images or --seeds would tell.";

    private static Table Summary(ScoreRecord record)
    {
        var score = ScoreChart.ScoreName(record);
        string?[] architectures = [.. record.Rows.Select(row => row.Architecture).Distinct().OrderBy(name => name is null)];
        var table = new Table().Border(TableBorder.Rounded).AddColumn("%")
            .Caption($"{Number(record.TestCount)} images in each of ori, adv and cor; ± is half the width of the 95 % interval over test images and seeds, by bootstrap");
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

    /// <summary>Means over all networks of a variant, and how many test images each is of.</summary>
    private static Table Breakdown(ScoreRecord record, string title, string part)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{title}, %").AddColumn(new TableColumn("images").RightAligned());
        foreach (var variant in record.Variants)
            table.AddColumn(new TableColumn(Markup.Escape(variant.Name)).RightAligned());
        foreach (var group in record.Groups.Where(group => group.Part == part))
            table.AddRow([Markup.Escape(group.Name), Number(group.Count), .. record.Variants.Select(variant => group.Means[variant.Name].ToString("F1", CultureInfo.InvariantCulture))]);
        return table;
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(Estimate? estimate, bool sign) => estimate is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{(sign && estimate.Mean > 0 ? "+" : "")}{estimate.Mean:F2}{((estimate.High - estimate.Low) / 2 is { } half ? $" ± {half:F2}" : "")}");
}
