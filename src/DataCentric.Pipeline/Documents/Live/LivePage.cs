using DataCentric.Pipeline.Documents.Pages;

namespace DataCentric.Pipeline.Documents.Live;

/// <summary>
/// The page of a run that goes on. Where a server sends events it stays and is filled anew with each; elsewhere it is loaded again every few
/// seconds. In both cases the address shows the report once the run is done.
/// </summary>
public static class LivePage
{
    /// <summary>What every run goes through; other stages, which a run may leave out, are listed while they go on.</summary>
    private static readonly WorkflowPhase[] Always =
        [WorkflowPhase.Ingest, WorkflowPhase.Plan, WorkflowPhase.Shards, WorkflowPhase.Assemble, WorkflowPhase.Verify, WorkflowPhase.Publish];

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Resources.LiveScript)));

    /// <summary>A page that listens to the events <c>progress</c>, <c>failed</c> and <c>done</c> of <c>events</c> beside it.</summary>
    /// <param name="state">What it shows first.</param>
    public static string Listening(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{ScriptHash}'; connect-src 'self'; base-uri 'none'; form-action 'none'";
        return Page(state, policy, Html.None, "Connecting …", Html.Of($"<script>{Html.Trusted(Resources.LiveScript)}</script>"));
    }

    /// <summary>A page that a browser loads again by itself.</summary>
    /// <param name="state">What it shows.</param>
    /// <param name="seconds">When it is loaded again.</param>
    public static string Reloading(LiveState state, int seconds)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Page(state, PageFrame.ClosedPolicy, Html.Of($"""<meta http-equiv="refresh" content="{seconds}">"""), $"Loaded again every {seconds} seconds", Html.None);
    }

    /// <summary>What changes on the page, as HTML.</summary>
    /// <param name="state">What it shows.</param>
    public static string Fragment(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Progress(state).ToString();
    }

    /// <summary>What takes its place when the run failed, as HTML.</summary>
    /// <param name="reason">What went wrong.</param>
    public static string FailedFragment(string reason) => Html.Of($"""
        <h2>The run ended early</h2>
        <div class="warning"><p>{reason}</p></div>
        <p>What is finished is kept; the same command goes on from there.</p>
        """).ToString();

    private static string Page(LiveState state, string policy, Html head, string connection, Html script) => PageFrame.Create(state.Title, policy, head, Html.Of($"""
        <header>
        <p class="eyebrow">Enhanced data set, in the making</p>
        <h1>{state.Title}</h1>
        <p id="connection" class="note" role="status">{connection}</p>
        </header>
        <main id="main">
        <div id="progress">{Progress(state)}</div>
        </main>
        <footer>This page becomes the report when the run is done.</footer>
        {script}
        """));

    private static Html Progress(LiveState state)
    {
        if (state.Status is not { } status)
            return Html.Of($"<h2>Waiting to begin</h2>");
        var title = WorkflowPhases.TitleOf(status.Phase);
        return Html.Of($"""
            <h2>{title}</h2>
            <progress max="100" value="{status.Percent}" aria-label="{title}">{status.Percent} %</progress>
            <p>{StatusWords.Of(status, state.ImagesPerSecond, state.Left)}</p>
            {(state.Items.Count == 0 ? Html.None : Bars.Draw(state.Items.Select(item => (item.Item, $"{item.Done} of {item.Total} {item.Unit}{(item.Detail is { Length: > 0 } detail ? $", {detail}" : "")}", (double)item.Done / Math.Max(1, item.Total), "time"))))}
            <ol class="stages">{Html.Each(Stages(status.Phase), stage => Stage(stage, status.Phase))}</ol>
            """);
    }

    private static IEnumerable<WorkflowPhase> Stages(WorkflowPhase now) =>
        Always.Append(now).Where(stage => stage != WorkflowPhase.Done).Distinct().Order();

    private static Html Stage(WorkflowPhase stage, WorkflowPhase now)
    {
        var title = WorkflowPhases.TitleOf(stage);
        if (stage == now)
            return Html.Of($"""<li aria-current="step">{title}</li>""");
        return stage < now ? Html.Of($"""<li class="past">{title}</li>""") : Html.Of($"<li>{title}</li>");
    }
}

/// <summary>What the live page shows at one moment.</summary>
/// <param name="Title">What is being made.</param>
/// <param name="Status">Where the run stands; null before it began.</param>
/// <param name="ImagesPerSecond">Images finished for each second of the stage; null where that is not known.</param>
/// <param name="Left">Expected time to the end of the stage; null where that is not known.</param>
/// <param name="Items">What is under way.</param>
public sealed record LiveState(string Title, RunStatus? Status, double? ImagesPerSecond, TimeSpan? Left, IReadOnlyList<ActivityProgress> Items)
{
    /// <summary>The state that a status alone tells.</summary>
    /// <param name="title">What is being made.</param>
    /// <param name="status">Where the run stands; null before it began.</param>
    public static LiveState Of(string title, RunStatus? status) => new(title, status, status?.ImagesPerSecond, Left: null, []);
}
