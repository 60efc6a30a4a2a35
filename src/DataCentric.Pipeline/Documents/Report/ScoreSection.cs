using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How networks did that were trained on this set and on the raw one.</summary>
internal static class ScoreSection
{
    public static Html Create(ScoreTable? score) => score is null ? Html.None : Html.Of($"""
        <section id="score"><h2>Robustness</h2>
        <p>Networks trained in the ordinary way on each set, and tested on {Numbers.Count(score.TestCount)} clean, attacked and corrupted images each.
        {(score.Measure == "paper" ? "R is the mean of the three accuracies." : "The score is the accuracy over all these images.")} Percent; ± is the 95 % interval over seeds.</p>
        {Styles.Scrolling("Robustness by network", Html.Of($"""
            <table><caption>Higher is better; gains are against the first set</caption>
            <thead><tr><th scope="col">Trained on</th><th scope="col" class="text">Network</th><th scope="col">Clean</th><th scope="col">Adversarial</th><th scope="col">Corrupted</th><th scope="col">{(score.Measure == "paper" ? "R" : "Score")}</th><th scope="col">Gain</th></tr></thead>
            <tbody>{Html.Each(score.Rows, Row)}</tbody></table>
            """))}</section>
        """);

    private static Html Row(ScoreRow row) => Html.Of($"""
        <tr><th scope="row">{row.Variant}</th><td class="text">{row.Architecture ?? "mean of all"}</td><td>{Figure(row.Ori)}</td><td>{Figure(row.Adv)}</td><td>{Figure(row.Cor)}</td><td>{Figure(row.Score)}</td><td>{(row.Gain is { } gain ? $"{(gain.Mean > 0 ? "+" : "")}{Figure(gain)}" : "–")}</td></tr>
        """);

    private static string Figure(Estimate figure) =>
        Numbers.Decimal(figure.Mean) + (figure.HalfWidth is { } half ? $" ± {Numbers.Decimal(half)}" : "");
}
