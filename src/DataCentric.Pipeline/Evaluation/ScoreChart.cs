using DataCentric.Imaging.Pictures.Charts;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>The picture of a score: bars for one enhanced set or none, the trade-off of clean accuracy and score for several.</summary>
public static class ScoreChart
{
    /// <summary>Name of the picture beside the record.</summary>
    public const string FileName = ResultFiles.ScorePicture;

    /// <summary>Draws it.</summary>
    /// <param name="record">The score.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(ScoreRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var means = record.Rows.Where(row => row.Architecture is null).ToArray();
        return record.Variants.Count > 2
            ? TradeOffChart.Draw(
                "What robustness costs", "ACC(ori), %", $"{ScoreName(record)}, %", [.. means.Select(row => new TradeOffPoint(row.Variant, row.Ori.Mean, row.Score.Mean))])
            : BarChart.Draw(
                "Accuracy and robustness, %",
                $"mean over {record.Rows.Count(row => row.Variant == means[0].Variant) - 1} architectures and {means[0].Score.Seeds} seeds, {record.TestCount} images in each part, protocol {record.Protocol.ToString().ToLowerInvariant()}",
                ["ori", "adv", "cor", ScoreName(record)],
                [.. means.Select(row => new BarSeries(row.Variant, [row.Ori.Mean, row.Adv.Mean, row.Cor.Mean, row.Score.Mean]))]);
    }

    /// <summary>What the score is called: R, or pooled.</summary>
    /// <param name="record">The score.</param>
    public static string ScoreName(ScoreRecord record) => record?.Measure == ScoreMeasure.Competition ? "pooled" : "R";
}
