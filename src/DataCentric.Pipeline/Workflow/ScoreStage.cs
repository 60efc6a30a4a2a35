using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Fans out over the whole set: how unsure the surrogates are of each sample.</summary>
internal static class ScoreStage
{
    /// <summary>Scores all samples.</summary>
    /// <returns>The shards that hold the scores, in set order.</returns>
    /// <exception cref="ShardsFailedException">Some failed for good; all others are done and stored.</exception>
    public static async Task<IReadOnlyList<ScoreShard>> RunAsync(
        IWorkflowContext context, EnhancementRequest request, IngestedSet set, IReadOnlyList<TrainedModel> surrogates)
    {
        ScoreShard[] shards = [.. ScoreShard.Cut(set.Count, set.ShardSizeFor(request), request.Attack.BatchSize, context.Limits.MaxFanOut)];
        var outcome = await FanOut.RunAsync(context, WorkflowPhase.Scores, context.Limits.MaxInFlight, [.. shards.Select(PartOf)]);
        outcome.ThrowIfFailed(WorkflowPhase.Scores);
        return shards;

        FanOutPart PartOf(ScoreShard shard)
        {
            var input = new ScoreInput(request, set, shard, surrogates);
            return FanOutPart.Of(
                input,
                lane: 0,
                new FanOutSize(1, shard.Count, shard.Count),
                () => context.CallActivityAsync(ActivityNames.ScoreShard, input, RetryOptions.Default));
        }
    }
}
