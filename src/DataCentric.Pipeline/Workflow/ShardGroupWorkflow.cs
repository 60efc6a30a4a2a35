using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Some shards of a run: the input of a child workflow.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Surrogates">The ensemble; empty where nothing is attacked.</param>
/// <param name="Shards">The shards.</param>
public sealed record ShardGroup(
    EnhancementRequest Request, IngestedSet Set, IReadOnlyList<TrainedModel> Surrogates, IReadOnlyList<Shard> Shards)
{
    /// <inheritdoc/>
    public override string ToString() => $"shards {Shards[0].Name} to {Shards[^1].Name}";
}

/// <summary>Fans out over the shards of one group, each by the activity of its role.</summary>
public static class ShardGroupWorkflow
{
    /// <summary>Runs all shards of the group.</summary>
    /// <param name="context">The host.</param>
    /// <param name="group">The shards.</param>
    /// <returns>What became of them; failed shards are counted, not thrown.</returns>
    public static Task<FanOutOutcome> RunAsync(IWorkflowContext context, ShardGroup group)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(group);
        return FanOut.RunAsync(context, WorkflowPhase.Shards, context.Limits.MaxInFlight, [.. group.Shards.Select(PartOf)]);

        FanOutPart PartOf(Shard shard)
        {
            var input = new ShardInput(group.Request, group.Set, shard, group.Surrogates);
            return FanOutPart.Of(
                input,
                LaneOf(context, shard.Role),
                SizeOf(shard, group.Request.Attack),
                () => context.CallActivityAsync(ActivityFor(shard.Role), input, RetryOptions.Default));
        }
    }

    /// <summary>Runs all shards of a plan, divided among child workflows where there are many; the groups of a lane come one after the other.</summary>
    internal static Task<FanOutOutcome> RunAllAsync(IWorkflowContext context, ShardGroup all)
    {
        if (all.Shards.Count <= context.Limits.MaxFanOut)
            return RunAsync(context, all);
        var parts =
            from lane in all.Shards.GroupBy(shard => LaneOf(context, shard.Role))
            from shards in lane.Chunk(context.Limits.MaxFanOut)
            let @group = all with { Shards = shards }
            let size = shards.Aggregate(new FanOutSize(0, 0, 0), (sum, shard) => sum + SizeOf(shard, all.Request.Attack))
            select new FanOutPart(@group.ToString(), lane.Key, size, () => context.CallShardGroupAsync(@group));
        return FanOut.RunAsync(context, WorkflowPhase.Shards, width: 1, [.. parts]);
    }

    /// <summary>All work shares one lane, or attacks and the rest have one each.</summary>
    private static int LaneOf(IWorkflowContext context, SampleRole role) =>
        context.Limits.HasAttackWorkers && role != SampleRole.Adversarial ? 1 : 0;

    /// <summary>Work in image-iterations of the attack; a corruption costs about a fiftieth of one.</summary>
    private static FanOutSize SizeOf(Shard shard, AttackOptions attack) =>
        new(1, shard.Count, shard.Count * (shard.Role == SampleRole.Adversarial ? attack.TotalIterations : 0.02));

    private static ActivityName<ShardInput, ShardSummary> ActivityFor(SampleRole role) =>
        role == SampleRole.Adversarial ? ActivityNames.AttackShard : ActivityNames.CorruptShard;
}
