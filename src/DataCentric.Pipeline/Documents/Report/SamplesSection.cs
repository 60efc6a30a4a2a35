using DataCentric.Imaging.Pictures;
using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>The contact sheet: a few samples of each role and kind, with what is known of each on hover and focus.</summary>
internal static class SamplesSection
{
    public static Html Create(ReportContent content) => content.Samples.Count == 0 ? Html.None : Html.Of($"""
        <section id="samples"><h2>Samples</h2>
        <p>Each picture shows the image as it was, as it is now, and the difference, {ContactSheet.Amplification} times as strong around grey. Point at one, tap it or tab to it for details.</p>
        {Html.Each(content.Run.Statistics!.Groups, group => Group(group, content))}</section>
        """);

    private static Html Group(GroupStatistics group, ReportContent content) => Html.Of($"""
        <h3 class="{Styles.Of(group.Role)}">{group.Name} <small>{Numbers.Count(group.Count)} {(group.Count == 1 ? "image" : "images")}</small></h3>
        <div class="samples">{Html.Each(content.Samples.Where(sample => NameOf(sample.Entry) == group.Name), sample => Sample(sample, content.Run))}</div>
        """);

    private static string NameOf(ManifestEntry entry) => entry.Kind ?? (entry.Role == SampleRole.Adversarial ? "adversarial" : "clean");

    private static Html Sample(ShownSample sample, RunRecord run)
    {
        var entry = sample.Entry;
        return Html.Of($"""
            <figure class="sample" tabindex="0" aria-describedby="about-{entry.Index}">
            <img src="data:image/png;base64,{Convert.ToBase64String(sample.Png)}" width="{sample.Shape.Width}" height="{sample.Shape.Height}" alt="{ClassOf(run, entry.Label)}, {NameOf(entry)}: before, after, difference">
            <figcaption><span>{ClassOf(run, entry.Label)}</span><span>{Change(entry)}</span></figcaption>
            <div class="tip" id="about-{entry.Index}"><dl>{Html.Each(Details(entry, run), pair => Html.Of($"<dt>{pair.Name}</dt><dd>{pair.Value}</dd>"))}</dl></div>
            </figure>
            """);
    }

    private static string Change(ManifestEntry entry) => entry.L2 == 0 ? "unchanged" : $"l2 {Numbers.L2(entry.L2)}";

    private static IEnumerable<(string Name, string Value)> Details(ManifestEntry entry, RunRecord run)
    {
        yield return ("Sample", $"{entry.Index}, from {entry.Source}");
        yield return ("Class", ClassOf(run, entry.Label));
        if (entry.Kind is not null)
            yield return ("Kind", $"{entry.Kind}, {entry.ParameterSet}{(entry.Severity is { } severity ? $", severity {severity}" : "")}");
        yield return ("Change", $"l2 {Numbers.L2(entry.L2)} on pixels in [0, 1], l∞ {entry.Linf} levels");
        if (entry.Attack is not { } attack)
            yield break;
        yield return ("Surrogates", $"{ClassOf(run, attack.PredictionBefore)} → {ClassOf(run, attack.PredictionAfter)}");
        yield return ("True logit", $"{Numbers.Decimal(attack.TrueLogitBefore)} → {Numbers.Decimal(attack.TrueLogitAfter)}");
        if (attack is { HeldOutBefore: { } before, HeldOutAfter: { } after })
            yield return ("Held-out", $"{ClassOf(run, before)} → {ClassOf(run, after)}");
    }

    private static string ClassOf(RunRecord run, int label) => (uint)label < (uint)run.Classes.Count ? run.Classes[label] : $"class {label}";
}
