using Spectre.Console.Rendering;

namespace DataCentric.Cli.Terminal;

/// <summary>Shows a run while it goes on: a live table on a terminal, a line now and then elsewhere.</summary>
/// <param name="monitor">What there is to show.</param>
/// <param name="terminal">Where it is shown.</param>
/// <param name="time">Paces the picture.</param>
internal sealed class ProgressView(RunMonitor monitor, IAnsiConsole terminal, TimeProvider time)
{
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Shows the job until it ends.</summary>
    public async Task<T> WatchAsync<T>(Task<T> job)
    {
        if (terminal.Profile.Capabilities.Interactive && terminal.Profile.Capabilities.Ansi)
            await terminal.Live(Render(monitor.Snapshot())).AutoClear(true).StartAsync(live => ShowLiveAsync(live, job));
        else
            await ShowLinesAsync(job);
        return await job;
    }

    private async Task ShowLiveAsync(LiveDisplayContext live, Task job)
    {
        var phase = WorkflowPhase.Ingest;
        while (await IsRunningAsync(job, LivePeriod))
        {
            var snapshot = monitor.Snapshot();
            phase = snapshot.Workflow.Phase;
            live.UpdateTarget(Render(snapshot));
        }

        live.UpdateTarget(new Text(phase == WorkflowPhase.Done || job.IsCompletedSuccessfully ? "" : $"Ended while: {WorkflowPhases.TitleOf(phase)}"));
    }

    private async Task ShowLinesAsync(Task job)
    {
        var (shown, last) = (default(WorkflowPhase?), time.GetTimestamp());
        while (await IsRunningAsync(job, LivePeriod))
        {
            var snapshot = monitor.Snapshot();
            if (snapshot.Workflow.Phase == shown && time.GetElapsedTime(last) < LinePeriod)
                continue;
            (shown, last) = (snapshot.Workflow.Phase, time.GetTimestamp());
            terminal.WriteLine(Line(snapshot));
        }
    }

    private async Task<bool> IsRunningAsync(Task job, TimeSpan period)
    {
        await Task.WhenAny(job, Task.Delay(period, time));
        return !job.IsCompleted;
    }

    private static string Line(RunSnapshot snapshot)
    {
        var items = string.Join("; ", snapshot.Items.Select(item => $"{item.Item} {item.Done}/{item.Total} {item.Unit} {item.Detail}".TrimEnd()));
        return $"{Heading(snapshot)}{(items.Length > 0 ? $" | {items}" : "")}";
    }

    private static Rows Render(RunSnapshot snapshot)
    {
        var rows = new List<IRenderable> { new Markup($"[bold]{Markup.Escape(Heading(snapshot))}[/]"), new BarRow(snapshot.Fraction) };
        rows.AddRange(snapshot.Items.Select(item => new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"  [grey]{Markup.Escape(item.Item),-28}[/] {100.0 * item.Done / Math.Max(1, item.Total),5:F1} %  [grey]{Markup.Escape(item.Detail)}[/]"))));
        return new Rows(rows);
    }

    private static string Heading(RunSnapshot snapshot)
    {
        var workflow = snapshot.Workflow;
        var parts = new List<string> { WorkflowPhases.TitleOf(workflow.Phase) };
        if (workflow.Total > 1)
            parts.Add($"{workflow.Done}/{workflow.Total} {WorkflowPhases.PartsOf(workflow.Phase)}");
        if (workflow.Failed > 0)
            parts.Add($"{workflow.Failed} failed");
        if (workflow.ImagesTotal > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{workflow.ImagesDone}/{workflow.ImagesTotal} images, {snapshot.ImagesPerSecond:F0}/s"));
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{snapshot.Elapsed:m\\:ss}"));
        if (snapshot.Left is { } left)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"about {left:h\\:mm\\:ss} left"));
        return string.Join(", ", parts);
    }

    /// <summary>A bar of 40 cells.</summary>
    private sealed class BarRow(double fraction) : JustInTimeRenderable
    {
        private const int Cells = 40;

        protected override IRenderable Build()
        {
            var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Cells);
            return new Markup($"  [green]{new string('━', full)}[/][grey]{new string('━', Cells - full)}[/] {100 * fraction,3:F0} %");
        }
    }
}
