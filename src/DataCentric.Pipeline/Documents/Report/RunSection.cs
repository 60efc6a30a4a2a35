using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How the run went: time of each stage by the clock and of the processors, tries that failed, what computed.</summary>
internal static class RunSection
{
    public static Html Create(RunRecord run)
    {
        var longest = run.Timings.Count == 0 ? 1 : Math.Max(1e-9, run.Timings.Max(timing => timing.Seconds));
        return Html.Of($"""
            <section id="run"><h2>The run</h2>
            <h3>Time</h3>
            {Bars.Draw(run.Timings.Select(timing => (WorkflowPhases.TitleOf(timing.Phase), Numbers.Duration(timing.Seconds), timing.Seconds / longest, "time")))}
            <p class="note">Wall-clock time in the process that finished the run; what an earlier start had done already is not in it.</p>{Processors([.. run.Timings.Where(timing => timing.ProcessorSeconds is not null)])}
            <h3>Failures</h3>
            {Loss(run.FailedShards)}{Failures(run.FailedTries)}
            <h3>Machine and versions</h3>
            <dl class="pairs">{Html.Each(Facts(run), fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}</dl></section>
            """);
    }

    private static Html Processors(IReadOnlyList<StageTiming> timings)
    {
        if (timings.Count == 0)
            return Html.None;
        var all = timings.Aggregate(default(ProcessorSeconds), (sum, timing) => sum + timing.ProcessorSeconds!.Value);
        return Styles.Scrolling("Processor time by stage", Html.Of($"""
            <table><caption>Processor time of all processes of the run; the kernel's is what the system did for them (memory, files)</caption>
            <thead><tr><th scope="col">Stage</th><th scope="col">Programs</th><th scope="col">Kernel</th><th scope="col">Processors busy</th></tr></thead>
            <tbody>{Html.Each(timings, timing => Row(WorkflowPhases.TitleOf(timing.Phase), timing.ProcessorSeconds!.Value, timing.Seconds))}</tbody>
            <tfoot>{Row("All", all, timings.Sum(timing => timing.Seconds))}</tfoot></table>
            """));
    }

    private static Html Row(string name, ProcessorSeconds used, double seconds) => Html.Of($"""
        <tr><th scope="row">{name}</th><td>{Numbers.Duration(used.User)}</td><td>{Numbers.Duration(used.Kernel)}</td><td>{(seconds > 0 ? Numbers.Decimal(used.Total / seconds) : "–")}</td></tr>
        """);

    private static Html Loss(IReadOnlyList<FailedShard>? failed) => failed is null ? Html.None : Html.Of($"""
        <div class="warning"><p>{FailedShards.Sentence(failed)}. The run was allowed to lose {(failed.Count == 1 ? "it" : "them")}; started again it tries {(failed.Count == 1 ? "it" : "them")} again.</p>
        <ul>{Html.Each(failed, one => Html.Of($"<li>{one.Shard.Name}: {one.Reason}</li>"))}</ul></div>
        """);

    private static Html Failures(IReadOnlyList<FailedTry> tries) => tries.Count == 0
        ? Html.Of($"<p>None: every part was done at the first try, and all was read again and found right.</p>")
        : Html.Of($"""
            <p>These tries failed and were repeated; everything in the set was read again before it was published.</p>
            <ul>{Html.Each(tries, failed => Html.Of($"<li>{failed.Part}: {failed.Reason}</li>"))}</ul>
            """);

    private static IEnumerable<(string Name, string Value)> Facts(RunRecord run) =>
    [
        ("Run", run.Request.RunId),
        ("Seed", $"{run.Request.Seed}"),
        ("Split", $"{run.Request.Split} (clean : adversarial : corrupted)"),
        .. run.Versions.Select(version => (version.Key, version.Value)),
    ];
}
