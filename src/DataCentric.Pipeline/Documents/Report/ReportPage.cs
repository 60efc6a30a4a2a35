using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>The report of a finished run: one page that asks nobody for anything and runs no script.</summary>
internal static class ReportPage
{
    private static readonly (string Id, string Name)[] Sections =
    [
        ("samples", "Samples"), ("classes", "Kinds and classes"), ("changes", "Size of the change"), ("attack", "Attack"),
        ("score", "Robustness"), ("run", "The run"), ("origin", "Origin"),
    ];

    /// <summary>Renders the page.</summary>
    /// <param name="content">What it shows.</param>
    public static string Render(ReportContent content)
    {
        var run = content.Run;
        Html[] sections =
        [
            SamplesSection.Create(content), ClassesSection.Create(content), ChangesSection.Create(content), AttackSection.Create(run),
            ScoreSection.Create(content.Score), RunSection.Create(run), OriginSection.Create(run),
        ];
        var shown = Sections.Zip(sections).Where(section => section.Second.ToString().Length > 0).Select(section => section.First);
        return PageFrame.Create(SetTitle.Of(run), PageFrame.ClosedPolicy, Html.None, Html.Of($"""
            <header>
            <p class="eyebrow">Enhanced data set, version {run.DataVersion}</p>
            <h1>{SetTitle.Of(run)}</h1>
            <p class="lead">{Paragraph(run)}</p>
            {Loss(run.FailedShards)}<dl class="facts">{Html.Each(Facts(content), Fact)}</dl>
            </header>
            <nav aria-label="Sections"><ul>{Html.Each(shown, section => Html.Of($"""<li><a href="#{section.Id}">{section.Name}</a></li>"""))}</ul></nav>
            <main id="main">
            {Html.Each(sections, section => section)}
            </main>
            <footer>Made with DataCentric.Functions {run.Versions.GetValueOrDefault("datacentric")} from run.json and manifest.jsonl beside this page. Labels are the source's.</footer>
            """));
    }

    private static Html Loss(IReadOnlyList<FailedShard>? failed) => failed is null
        ? Html.None
        : Html.Of($"""<div class="warning"><p>{FailedShards.Sentence(failed)}. <a href="#run">Which, and why</a></p></div>""");

    /// <summary>What was done, in one paragraph.</summary>
    private static string Paragraph(RunRecord run)
    {
        var parts = new List<string>();
        if (run.Plan.Adversarial > 0)
            parts.Add($"{Numbers.Count(run.Plan.Adversarial)} carry adversarial perturbations made against {run.Surrogates.Count} {(run.Surrogates.Count == 1 ? "network" : "networks")}");
        if (run.Plan.Corrupted > 0)
            parts.Add($"{Numbers.Count(run.Plan.Corrupted)} are corrupted in {run.Kinds.Count} {(run.Kinds.Count == 1 ? "way" : "ways")}");
        parts.Add(run.Plan.Clean > 0 ? $"{Numbers.Count(run.Plan.Clean)} are as they were" : "none is as it was");
        var taken = run.Input.Count == run.Available ? $"the {Numbers.Count(run.Available)} images" : $"{Numbers.Count(run.Input.Count)} of the {Numbers.Count(run.Available)} images";
        return $"From {taken} of {SetTitle.SourceOf(run)} this run made as many, for training more robust classifiers: {string.Join(", ", parts)}. "
            + "Labels and order are those of the source. Everything was read again and checked after it was written.";
    }

    private static IEnumerable<(string Name, string Value, string Note)> Facts(ReportContent content)
    {
        var run = content.Run;
        yield return ("Images", Numbers.Count(run.Input.Count), $"{run.Input.Shape.Width} × {run.Input.Shape.Height} pixels, {run.Input.ClassCount} classes");
        yield return ("Split", $"{run.Request.Split}", "clean : adversarial : corrupted");
        if (run.Attack is { } attack)
            yield return ("Surrogates right", Numbers.Percent(attack.SurrogateAccuracyAfter), $"{Numbers.Percent(attack.SurrogateAccuracyBefore)} before the attack");
        if (run.Attack is { HeldOutAccuracyAfter: { } after, HeldOutAccuracyBefore: { } before })
            yield return ("Held-out network right", Numbers.Percent(after), $"{Numbers.Percent(before)} before the attack");
        if (run.Statistics?.Groups.FirstOrDefault(group => group.Role == SampleRole.Adversarial)?.MeanPsnr is { } psnr)
            yield return ("PSNR, adversarial", $"{Numbers.Decimal(psnr)} dB", "mean over attacked images");
        if (content.Score?.Rows.LastOrDefault(row => row is { Architecture: null, Gain: not null }) is { Gain: { } gain } mean)
            yield return (content.Score.Measure == "paper" ? "R, mean" : "Score, mean", Numbers.Decimal(mean.Score.Mean), $"{(gain.Mean > 0 ? "+" : "")}{Numbers.Decimal(gain.Mean)} against the raw set");
        yield return ("Time", Numbers.Duration(run.Timings.Sum(timing => timing.Seconds)), "all stages");
    }

    private static Html Fact((string Name, string Value, string Note) fact) => Html.Of($"""
        <div><dt>{fact.Name}</dt><dd>{fact.Value}<small>{fact.Note}</small></dd></div>
        """);
}
