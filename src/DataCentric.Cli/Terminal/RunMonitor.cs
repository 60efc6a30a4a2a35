using DataCentric.Pipeline.Hosting;

namespace DataCentric.Cli.Terminal;

/// <summary>Gathers what workflow and activities report, and works out rates and time left. Thread-safe.</summary>
/// <param name="time">Clock.</param>
internal sealed class RunMonitor(TimeProvider time) : IWorkflowObserver, IActivityObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActivityProgress> _items = new(StringComparer.Ordinal);
    private WorkflowProgress _workflow = new(WorkflowPhase.Ingest, 0, 0, 1);
    private long _phaseStart = time.GetTimestamp();
    private double? _workAtStart;

    public void Report(WorkflowProgress progress)
    {
        lock (_gate)
        {
            if (progress.Phase != _workflow.Phase)
            {
                _items.Clear();
                _phaseStart = time.GetTimestamp();
                _workAtStart = null;
            }

            _workflow = progress;
        }
    }

    public void Report(ActivityProgress progress)
    {
        lock (_gate)
        {
            _items[progress.Item] = progress;
            _workAtStart ??= _workflow.WorkDone;
            if (progress.Done >= progress.Total)
                _items.Remove(progress.Item);
        }
    }

    public RunSnapshot Snapshot()
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_phaseStart);
            var single = _workflow.WorkTotal == 0;
            var partial = _items.Values.Sum(item => (double)item.Done);
            var total = single ? _items.Values.Sum(item => (double)item.Total) : _workflow.WorkTotal;
            var done = Math.Min(total, partial + (single ? 0 : _workflow.WorkDone));
            var sinceStart = done - (_workAtStart ?? 0);
            TimeSpan? left = sinceStart > 0 && elapsed.TotalSeconds > 1 ? elapsed * ((total - done) / sinceStart) : null;
            var rate = elapsed.TotalSeconds > 0 ? _workflow.ImagesDone / elapsed.TotalSeconds : 0;
            return new RunSnapshot(_workflow, total > 0 ? done / total : 0, elapsed, left, rate, [.. _items.Values.OrderBy(item => item.Item, StringComparer.Ordinal)]);
        }
    }
}

/// <summary>Where a run stands at one moment.</summary>
/// <param name="Workflow">Stage and counts.</param>
/// <param name="Fraction">Share of the stage's work done, 0 to 1.</param>
/// <param name="Elapsed">Time in this stage.</param>
/// <param name="Left">Expected time to its end; null while nothing is known.</param>
/// <param name="ImagesPerSecond">Images finished in this stage for each second of it.</param>
/// <param name="Items">What is under way.</param>
internal sealed record RunSnapshot(
    WorkflowProgress Workflow, double Fraction, TimeSpan Elapsed, TimeSpan? Left, double ImagesPerSecond, IReadOnlyList<ActivityProgress> Items);
