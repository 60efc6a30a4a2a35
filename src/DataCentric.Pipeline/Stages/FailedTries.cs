using System.Collections.Concurrent;

namespace DataCentric.Pipeline.Stages;

/// <summary>Remembers tries of activities that failed in this process, for the run record. Thread-safe; a run's are forgotten when they are taken.</summary>
internal sealed class FailedTries
{
    private const int Kept = 50;
    private const int LongestReason = 300;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<FailedTry>> _runs = new(StringComparer.Ordinal);

    /// <summary>Remembers a try; of very many the first are kept.</summary>
    /// <param name="input">Input of the activity; what belongs to no run is not kept.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="reason">What went wrong.</param>
    public void Add(object input, string activity, string reason)
    {
        if ((input as EnhancementRequest ?? (input as StageInput)?.Request) is not { RunId: var run })
            return;
        var tries = _runs.GetOrAdd(run, _ => new ConcurrentQueue<FailedTry>());
        if (tries.Count < Kept)
            tries.Enqueue(new FailedTry((input as StageInput)?.Part ?? activity, reason.Length > LongestReason ? reason[..LongestReason] + " ..." : reason));
    }

    /// <summary>Takes what is remembered of a run.</summary>
    /// <param name="runId">The run.</param>
    public IReadOnlyList<FailedTry> Take(string runId) => _runs.TryRemove(runId, out var tries) ? [.. tries] : [];
}
