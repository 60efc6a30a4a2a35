namespace DataCentric.Cli.Terminal;

/// <summary>A line for what an activity reports, at most one in some seconds for each item, with the time left. Thread-safe.</summary>
/// <param name="terminal">Where.</param>
/// <param name="time">Clock.</param>
internal sealed class ActivityLines(IAnsiConsole terminal, TimeProvider time) : IActivityObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Start, long Done, long Shown)> _items = new(StringComparer.Ordinal);

    public void Report(ActivityProgress progress)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!_items.TryGetValue(progress.Item, out var item))
                item = (now, progress.Done, 0);
            else if (progress.Done < progress.Total && time.GetElapsedTime(item.Shown, now) < Period)
                return;
            _items[progress.Item] = item with { Shown = now };
            var done = progress.Done - item.Done;
            var left = done > 0 ? time.GetElapsedTime(item.Start, now) * ((double)(progress.Total - progress.Done) / done) : (TimeSpan?)null;
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{progress.Item} {progress.Done}/{progress.Total} {progress.Unit}{(progress.Detail.Length > 0 ? $", {progress.Detail}" : "")}{(left is { } wait ? $", {wait:h\\:mm\\:ss} left" : "")}"));
        }
    }
}
