namespace DataCentric.Cli.Terminal;

/// <summary>A line for what an activity reports, at most one in some seconds for each item, with the time left. Thread-safe.</summary>
/// <param name="terminal">Where.</param>
/// <param name="time">Clock.</param>
/// <param name="isQuiet">Whether nothing is shown of an item that ends within those seconds.</param>
internal sealed class ActivityLines(IAnsiConsole terminal, TimeProvider time, bool isQuiet = false) : IActivityObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Start, long Done, long Shown)> _items = new(StringComparer.Ordinal);

    public void Remark(string remark) => Messages.Warnings([remark]);

    public void Report(ActivityProgress progress)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var isFirst = !_items.TryGetValue(progress.Item, out var item);
            if (isFirst)
                _items[progress.Item] = item = (now, progress.Done, now);
            var waits = progress.Done < progress.Total || (isQuiet && item.Shown == item.Start);
            if (isFirst ? isQuiet : waits && time.GetElapsedTime(item.Shown, now) < Period)
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

/// <summary>A line for each epoch of one training: loss, accuracy, images a second and the time left, from the epochs seen so far.</summary>
/// <param name="terminal">Where.</param>
/// <param name="images">Images in an epoch.</param>
/// <param name="time">Clock.</param>
internal sealed class EpochLines(IAnsiConsole terminal, int images, TimeProvider time) : IProgress<TrainingProgress>
{
    private readonly long _start = time.GetTimestamp();
    private int _seen;

    public void Report(TrainingProgress value)
    {
        var each = time.GetElapsedTime(_start) / ++_seen;
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Architecture} epoch {value.Epoch}/{value.Epochs}: loss {value.Loss:F3}, accuracy {100 * value.Accuracy:F1} %, {images / each.TotalSeconds:F0} images/s, {each * (value.Epochs - value.Epoch):h\\:mm\\:ss} left"));
    }
}
