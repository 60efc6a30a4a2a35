using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Decides whether a set is published although shards of it failed for good.</summary>
internal static class ToleratedLoss
{
    /// <summary>
    /// The shards that failed. They may where the request allows so many, all others are done, and there are others; where so many failed in a row that
    /// no more were begun, or a child workflow as a whole, it is the place that fails, and nobody can say of which samples.
    /// </summary>
    /// <param name="all">All shards.</param>
    /// <param name="outcome">What became of them.</param>
    /// <exception cref="ShardsFailedException">More failed than may.</exception>
    public static IReadOnlyList<FailedShard> Of(ShardGroup all, FanOutOutcome outcome)
    {
        if (outcome.Failed == 0)
            return [];
        var reasons = outcome.Named.ToDictionary(part => part.Name, part => part.Reason, StringComparer.Ordinal);
        FailedShard[] failed = [.. all.Shards.Where(shard => reasons.ContainsKey(ShardInput.PartOf(shard))).Select(shard => new FailedShard(shard, reasons[ShardInput.PartOf(shard)]))];
        var mayFail = failed.Length == outcome.Failed && failed.Length <= all.Request.MaxFailedShards && outcome is { NotBegun: 0, Done: > 0 };
        return mayFail ? failed : throw new ShardsFailedException(WorkflowPhase.Shards, outcome, all.Request.MaxFailedShards);
    }
}
