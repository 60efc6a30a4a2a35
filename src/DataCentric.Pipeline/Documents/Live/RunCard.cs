using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Live;

/// <summary>One run on the page of runs.</summary>
internal static class RunCard
{
    /// <summary>Draws it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">When it was looked at.</param>
    /// <param name="key">See <see cref="RunsPage.Render"/>.</param>
    public static Html Draw(RunEntry run, DateTimeOffset now, string? key) => Html.Of($"""
        <article class="run" aria-labelledby="run-{run.RunId}">
        <h2 id="run-{run.RunId}">{run.Dataset} <small>{run.RunId}</small></h2>
        <p><span class="{StyleOf(run.State)}"><span class="dot" aria-hidden="true"></span>{RunPhases.WordOf(run.State)}</span>, started {RunsPage.Time(run.StartedAt)}, {Lasted(run, now)}</p>
        {Progress(run)}{Problem(run)}{Stages(run)}
        <p class="links">{Links(run, key)}</p>
        </article>
        """);

    private static string StyleOf(RunPhase state) => state switch
    {
        RunPhase.Completed => "clean",
        RunPhase.Failed => "adversarial",
        RunPhase.Running => "corrupted",
        _ => "still",
    };

    private static string Lasted(RunEntry run, DateTimeOffset now)
    {
        var time = Numbers.Duration(Math.Max(0, ((run.HasEnded ? run.ChangedAt : now) - run.StartedAt).TotalSeconds), 0);
        return run.HasEnded ? $"took {time}" : $"{time} ago";
    }

    private static Html Progress(RunEntry run)
    {
        if (run.HasEnded)
            return Html.None;
        if (run.Status is not { } status)
            return Html.Of($"<p>Waiting to begin</p>");
        var title = WorkflowPhases.TitleOf(status.Phase);
        return Html.Of($"""
            <h3>{title}</h3>
            <progress max="100" value="{status.Percent}" aria-label="{title}">{status.Percent} %</progress>
            <p>{StatusWords.Of(status, status.ImagesPerSecond)}</p>
            """);
    }

    private static Html Problem(RunEntry run) => run is { State: RunPhase.Completed, Status: { Failed: > 0 and var failed } }
        ? Html.Of($"""<div class="warning"><p>{Numbers.Count(failed)} {(failed == 1 ? "shard" : "shards")} failed for good; the report says which samples are clean therefore.</p></div>""")
        : run.Problem is not { Length: > 0 } problem ? Html.None
        : run.State == RunPhase.Failed ? Html.Of($"""<div class="warning"><p>{problem}</p></div>""")
        : Html.Of($"<p>{problem}</p>");

    /// <summary>What the stages took that are finished; of a run that ended early with the one in which it did.</summary>
    private static Html Stages(RunEntry run)
    {
        if (run.Status is not { } status)
            return Html.None;
        StageRate[] stages = run.HasEnded && status.Phase != WorkflowPhase.Done ? [.. status.Stages, new(status.Phase, status.Seconds, status.ImagesDone)] : [.. status.Stages];
        if (stages.Length == 0)
            return Html.None;
        var longest = Math.Max(1e-3, stages.Max(stage => stage.Seconds));
        return Html.Of($"""
            <details id="stages-{run.RunId}"><summary id="open-{run.RunId}">Stages: {stages.Length}, {Numbers.Duration(stages.Sum(stage => stage.Seconds))}</summary>
            {Bars.Draw(stages.Select(stage => (WorkflowPhases.TitleOf(stage.Phase), Took(stage), stage.Seconds / longest, "time")))}</details>
            """);
    }

    // What took no time that could be shown has no rate that means anything.
    private static string Took(StageRate stage) => stage is { Seconds: >= 0.1, ImagesPerSecond: { } rate } ? $"{Numbers.Duration(stage.Seconds)}, {StatusWords.Rate(rate)}" : Numbers.Duration(stage.Seconds);

    private static Html Links(RunEntry run, string? key)
    {
        var page = run.State switch
        {
            RunPhase.Completed => Link("report", "Report", run.ReportUri),
            RunPhase.Failed or RunPhase.Terminated => Html.None,
            _ => Link("live", "Live page", run.ReportUri),
        };
        return Html.Of($"""{page}{Link("json", "JSON", $"/api/runs/{Uri.EscapeDataString(run.RunId)}")}""");

        Html Link(string id, string word, string path) =>
            Html.Of($"""<a id="{id}-{run.RunId}" href="{RunsPage.Address(path, query: null, key)}" aria-label="{word} of {run.Dataset}, {run.RunId}">{word}</a> """);
    }
}
