using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How networks did that were trained on this set and on the raw one.</summary>
internal static class ScoreSection
{
    public static Html Create(ScoreTable? score) => score is null ? Html.None : Html.Of($"""
        <section id="score"><h2>Robustness</h2>
        <p>Networks trained in the ordinary way on each set, and tested on {Numbers.Count(score.TestCount)} clean, attacked and corrupted images each.
        {(score.Measure == "paper" ? "R is the mean of the three accuracies." : "The score is the accuracy over all these images.")} Percent; {Interval(score)}.</p>
        {Attackers(score.Strength)}{Noise(score)}{Styles.Scrolling("Robustness by network", Html.Of($"""
            <table><caption>Higher is better; gains are against the first set</caption>
            <thead><tr><th scope="col">Trained on</th><th scope="col" class="text">Network</th><th scope="col">Clean</th><th scope="col">Adversarial</th><th scope="col">Corrupted</th><th scope="col">{(score.Measure == "paper" ? "R" : "Score")}</th><th scope="col">Gain</th></tr></thead>
            <tbody>{Html.Each(score.Rows, Row)}</tbody></table>
            """))}{ScoreGroupTable.Create(score)}</section>
        """);

    /// <summary>Scores of earlier versions have intervals over seeds alone.</summary>
    private static Html Interval(ScoreTable score) => score.Rows.Any(row => row.Score.Low is not null)
        ? Html.Of($"in brackets is the 95 % interval over test images and seeds, by bootstrap")
        : Html.Of($"± is the 95 % interval over seeds");

    /// <summary>Gains mean as much as the attack does: who attacked, and how far a network fell that was trained on the raw set.</summary>
    private static Html Attackers(AttackStrength? strength) => strength is null ? Html.None : Html.Of($"""
        <p>Attacked by {string.Join(", ", strength.Attackers.Select(attacker => $"{attacker.Architecture} (right on {Numbers.Decimal(attacker.Clean)} % of the clean images)"))}.{(strength.Raw is { } raw
            ? $" {raw.Architecture}, trained on the raw set, took no part and falls from {Numbers.Decimal(raw.Clean)} % to {Numbers.Decimal(raw.Attacked)} %." : "")}</p>
        {Html.Each(strength.Warnings, warning => Html.Of($"""<div class="warning"><p>{warning}</p></div>"""))}
        """);

    private static Html Noise(ScoreTable score)
    {
        var rows = score.Rows.Where(row => row.IsWithinNoise).Select(row => $"{row.Variant}, {Network(row)}").ToArray();
        return rows is [] ? Html.None : Html.Of($"""
            <div class="warning"><p>Within noise, as the interval of the gain includes 0: {string.Join("; ", rows)}.</p></div>
            """);
    }

    private static Html Row(ScoreRow row) => Html.Of($"""
        <tr><th scope="row">{row.Variant}</th><td class="text">{Network(row)}</td><td>{Figure(row.Ori)}</td><td>{Figure(row.Adv)}</td><td>{Figure(row.Cor)}</td><td>{Figure(row.Score)}</td><td>{(row.Gain is { } gain ? $"{(gain.Mean > 0 ? "+" : "")}{Figure(gain)}" : "–")}</td></tr>
        """);

    private static string Network(ScoreRow row) => row.Architecture ?? "mean of all";

    private static string Figure(Estimate figure) => Numbers.Decimal(figure.Mean) + figure switch
    {
        { Low: { } low, High: { } high } => $" [{Numbers.Decimal(low)}, {Numbers.Decimal(high)}]",
        { HalfWidth: { } half } => $" ± {Numbers.Decimal(half)}",
        _ => "",
    };
}
