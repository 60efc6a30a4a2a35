using System.Collections.Concurrent;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Stages;

/// <summary>Remembers tries of activities that failed in this process, for the run record. Thread-safe; a run's are forgotten when they are taken.</summary>
public sealed class FailedTries
{
    private const int Kept = 50;
    private const int LongestReason = 300;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<FailedTry>> _runs = new(StringComparer.Ordinal);

    /// <summary>Remembers a try; of very many the first are kept.</summary>
    /// <param name="input">Input of the activity; what belongs to no run is not kept.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="reason">What went wrong.</param>
    internal void Add(object input, string activity, string reason)
    {
        if (RunOf(input) is not { } run)
            return;
        var tries = _runs.GetOrAdd(run, _ => new ConcurrentQueue<FailedTry>());
        var part = input is ShardInput or SurrogateInput or NetworkInput ? input.ToString()! : activity;
        if (tries.Count < Kept)
            tries.Enqueue(new FailedTry(part, reason.Length > LongestReason ? reason[..LongestReason] + " ..." : reason));
    }

    /// <summary>Takes what is remembered of a run.</summary>
    /// <param name="runId">The run.</param>
    internal IReadOnlyList<FailedTry> Take(string runId) => _runs.TryRemove(runId, out var tries) ? [.. tries] : [];

    private static string? RunOf(object input) => input switch
    {
        EnhancementRequest request => request.RunId,
        PlanInput plan => plan.Request.RunId,
        SurrogateInput surrogate => surrogate.Request.RunId,
        ShardInput shard => shard.Request.RunId,
        FanInInput fanIn => fanIn.Request.RunId,
        VerifyInput verify => verify.FanIn.Request.RunId,
        PublishInput publish => publish.FanIn.Request.RunId,
        NetworkInput network => network.Request.RunId,
        GatherInput gather => gather.Request.RunId,
        _ => null,
    };
}
