using System.Globalization;
using DataCentric.Pipeline.Evaluation;
using Spectre.Console;

namespace DataCentric.Cli.Terminal;

/// <summary>Scores in the layout of the paper's Table 1: architectures across, and for each training set ori, adv, cor and R.</summary>
internal static class ScoreTable
{
    public static void Show(ScoreRecord record)
    {
        Messages.Table(Summary(record));
        Messages.Table(Breakdown(record, "attack", network => network.Attacks));
        Messages.Table(Breakdown(record, "corruption", network => network.Kinds));
    }

    private static Table Summary(ScoreRecord record)
    {
        var score = ScoreChart.ScoreName(record);
        string?[] architectures = [.. record.Rows.Select(row => row.Architecture).Distinct().OrderBy(name => name is null)];
        var table = new Table().Border(TableBorder.Rounded).AddColumn("%");
        foreach (var architecture in architectures)
            table.AddColumn(new TableColumn(architecture ?? "mean").RightAligned());
        foreach (var arm in record.Arms)
        {
            Row($"ori, {arm.Name}", row => row.Ori);
            Row($"adv, {arm.Name}", row => row.Adv);
            Row($"cor, {arm.Name}", row => row.Cor);
            Row($"{score}, {arm.Name}", row => row.Score);
            if (arm != record.Arms[0])
                Row($"gain, {arm.Name}", row => row.Gain, sign: true);

            void Row(string name, Func<ScoreRow, Estimate?> value, bool sign = false) => table.AddRow(
            [
                Markup.Escape(name),
                .. architectures.Select(architecture => record.Rows.FirstOrDefault(row => row.Arm == arm.Name && row.Architecture == architecture) is { } row
                    ? Text(value(row), sign) : ""),
            ]);
        }

        return table;
    }

    /// <summary>Means over all networks of an arm.</summary>
    private static Table Breakdown(ScoreRecord record, string title, Func<NetworkScore, IReadOnlyDictionary<string, double>> groups)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"{title}, %");
        foreach (var arm in record.Arms)
            table.AddColumn(new TableColumn(Markup.Escape(arm.Name)).RightAligned());
        foreach (var group in record.Networks.SelectMany(network => groups(network).Keys).Distinct())
        {
            var means = record.Arms.Select(arm => record.Networks.Where(network => network.Arm == arm.Name).Average(network => groups(network).GetValueOrDefault(group)));
            table.AddRow([Markup.Escape(group), .. means.Select(mean => mean.ToString("F1", CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static string Text(Estimate? estimate, bool sign) => estimate is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{(sign && estimate.Mean > 0 ? "+" : "")}{estimate.Mean:F2}{(estimate.HalfWidth is { } width ? $" ± {width:F2}" : "")}");
}
