using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Report;

/// <summary>How the run went: time of each stage, tries that failed, what computed.</summary>
internal static class RunSection
{
    public static Html Create(RunRecord run)
    {
        var longest = run.Timings.Count == 0 ? 1 : Math.Max(1e-9, run.Timings.Max(timing => timing.Seconds));
        return Html.Of($"""
            <section id="run"><h2>The run</h2>
            <h3>Time</h3>
            {Bars.Draw(run.Timings.Select(timing => (WorkflowPhases.TitleOf(timing.Phase), Numbers.Duration(timing.Seconds), timing.Seconds / longest, "time")))}
            <p class="note">Wall-clock time in the process that finished the run; what an earlier start had done already is not in it.</p>
            <h3>Failures</h3>
            {Loss(run.FailedShards)}{Failures(run.FailedTries)}
            <h3>Machine and versions</h3>
            <dl class="pairs">{Html.Each(Facts(run), fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}</dl></section>
            """);
    }

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
