using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How far the images were moved: norms and signal-to-noise ratio of each kind, and the perturbations against their bounds.</summary>
internal static class ChangesSection
{
    public static Html Create(ReportContent content) => content.Run.Statistics is not { } statistics ? Html.None : Html.Of($"""
        <section id="changes"><h2>Size of the change</h2>
        <p>Norms of the difference between an image and its source, measured on the stored bytes: l2 on pixels in [0, 1], l∞ in levels of 0 to 255.
        A high peak signal-to-noise ratio (PSNR) means a small change.</p>
        {Html.Each(statistics.Groups.Where(group => group.Role == SampleRole.Adversarial), group => Adversarial(group, content.Run))}
        {Table(statistics.Groups)}</section>
        """);

    private static Html Adversarial(GroupStatistics group, RunRecord run)
    {
        var attack = run.Request.Attack;
        var outer = attack is { LinfEpsilon: > 0, L2Epsilon: > 0 } ? null : attack.L2Epsilon > 0 ? ((double, string)?)(attack.L2Epsilon, $"bound {Numbers.Decimal(attack.L2Epsilon, 2)}") : null;
        var inner = attack.LinfEpsilon > 0 ? ((double, string)?)(attack.LinfEpsilon, $"l∞ part ±{attack.LinfEpsilon}") : null;
        return Html.Of($"""
            <div class="charts">
            {HistogramChart.Draw(group.L2, "Adversarial perturbations, l2", "l2 on pixels in [0, 1]", 1 / Numbers.LevelsOfOne, "adversarial", outer)}
            {HistogramChart.Draw(group.Linf, "Adversarial perturbations, l∞", "levels", 1, "adversarial", inner)}
            </div>
            {(attack is { LinfEpsilon: > 0, L2Epsilon: > 0 } ? Html.Of($"""
                <p class="note">A perturbation is the sum of a part within ±{attack.LinfEpsilon} levels on every value and a part with an l2 norm of at most {Numbers.Decimal(attack.L2Epsilon, 2)},
                so single values may pass ±{attack.LinfEpsilon}. That such parts exist was checked for every stored image.</p>
                """) : Html.None)}
            """);
    }

    private static Html Table(IReadOnlyList<GroupStatistics> groups)
    {
        var widest = groups.Max(group => group.L2.BinWidth);
        var sparks = groups.Select(group => Coarsen(group.L2, widest)).ToArray();
        var bins = sparks.Max(spark => spark.Counts.Count);
        return Styles.Scrolling("Size of the change by kind", Html.Of($"""
            <table><caption>Means over the samples of each kind; the small charts show how the l2 norms are spread, from 0 to {Numbers.L2(bins * widest)}</caption>
            <thead><tr><th scope="col">What</th><th scope="col">Samples</th><th scope="col">l2</th><th scope="col" class="text">Spread</th><th scope="col">l∞, levels</th><th scope="col">PSNR, dB</th><th scope="col">Lowest PSNR</th><th scope="col">Unchanged</th></tr></thead>
            <tbody>{Html.Each(groups.Zip(sparks), row => Row(row.First, row.Second, bins))}</tbody></table>
            """));
    }

    private static Html Row(GroupStatistics group, Histogram spark, int bins) => Html.Of($"""
        <tr><th scope="row"><span class="dot {Styles.Of(group.Role)}"></span>{group.Name}</th><td>{Numbers.Count(group.Count)}</td><td>{Numbers.L2(group.MeanL2)}</td><td class="{Styles.Of(group.Role)}">{HistogramChart.Spark(spark, bins)}</td><td>{Numbers.Decimal(group.MeanLinf)}</td><td>{Numbers.Decimal(group.MeanPsnr)}</td><td>{Numbers.Decimal(group.LowestPsnr)}</td><td>{Numbers.Count(group.Unchanged)}</td></tr>
        """);

    /// <summary>The same values in wider bins; widths are powers of two, so bins fit into bins.</summary>
    private static Histogram Coarsen(Histogram histogram, double width)
    {
        var merge = (int)(width / histogram.BinWidth);
        return new(width, [.. histogram.Counts.Chunk(merge).Select(counts => counts.Sum())]);
    }
}
