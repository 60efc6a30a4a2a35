using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Some shards of a run: the input of a child workflow. As small for a million shards as for one.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Surrogates">The ensemble; empty where nothing is attacked.</param>
/// <param name="Spans">The shards, in the order in which they are begun.</param>
public sealed record ShardGroup(
    EnhancementRequest Request, IngestedSet Set, IReadOnlyList<TrainedModel> Surrogates, IReadOnlyList<ShardSpan> Spans)
{
    /// <summary>Number of shards.</summary>
    [JsonIgnore]
    public int Count => Spans.Sum(span => span.Count);

    /// <summary>The shards.</summary>
    [JsonIgnore]
    public IEnumerable<Shard> Shards => Spans.SelectMany(span => span.Shards());

    /// <inheritdoc/>
    public override string ToString() => $"{Count} shards from {Spans[0].Shards().First().Name}";
}

/// <summary>Fans out over the shards of one group, each by the activity of its role; a group of many is divided among child workflows.</summary>
public static class ShardGroupWorkflow
{
    /// <summary>
    /// Runs all shards of the group. Where there are more than <see cref="FanOutLimits.MaxFanOut"/> they become at most about so many groups, which divide theirs
    /// in turn: no history grows with the set. The groups of a lane come one after the other.
    /// </summary>
    /// <param name="context">The host.</param>
    /// <param name="group">The shards.</param>
    /// <returns>What became of them; failed shards are counted, not thrown.</returns>
    public static Task<FanOutOutcome> RunAsync(IWorkflowContext context, ShardGroup group)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(group);
        if (group.Count <= context.Limits.MaxFanOut)
            return FanOut.RunAsync(context, WorkflowPhase.Shards, context.Limits.MaxInFlight, [.. group.Shards.Select(PartOf)]);
        var parts =
            from lane in @group.Spans.GroupBy(span => LaneOf(context, span.Role))
            from spans in ShardSpan.Divide(lane, PartSize(@group.Count, context.Limits))
            let part = @group with { Spans = spans }
            let size = spans.Aggregate(new FanOutSize(0, 0, 0), (sum, span) => sum + SizeOf(span, @group.Request.Attack))
            select new FanOutPart(part.ToString(), lane.Key, size, () => context.CallShardGroupAsync(part));
        return FanOut.RunAsync(context, WorkflowPhase.Shards, width: 1, [.. parts]);

        FanOutPart PartOf(Shard shard)
        {
            var input = new ShardInput(group.Request, group.Set, shard, group.Surrogates);
            return FanOutPart.Of(
                input,
                LaneOf(context, shard.Role),
                SizeOf(new ShardSpan(shard.Role, shard.Start, shard.Count, shard.Count), group.Request.Attack),
                () => context.CallActivityAsync(ActivityFor(shard.Role), input, RetryOptions.Default));
        }
    }

    /// <summary>
    /// Shards of a part: as many as one workflow hands out, in whole rounds of those that are under way at once, since the next part waits for the last of them;
    /// and so many times as many that the parts are not more than the limit.
    /// </summary>
    private static int PartSize(int shards, FanOutLimits limits)
    {
        var (limit, width) = (limits.MaxFanOut, Math.Min(limits.MaxInFlight, limits.MaxFanOut));
        long size = limit - (limit % width);
        while (size * limit < shards && limit > 1)
            size *= limit;
        return (int)Math.Min(size, int.MaxValue);
    }

    /// <summary>All work shares one lane, or attacks and the rest have one each.</summary>
    private static int LaneOf(IWorkflowContext context, SampleRole role) =>
        context.Limits.HasAttackWorkers && role != SampleRole.Adversarial ? 1 : 0;

    /// <summary>Work in image-iterations of the attack; a corruption costs about a fiftieth of one.</summary>
    private static FanOutSize SizeOf(ShardSpan span, AttackOptions attack) =>
        new(span.Count, span.Samples, span.Samples * (span.Role == SampleRole.Adversarial ? attack.TotalIterations : 0.02));

    private static ActivityName<ShardInput, ShardSummary> ActivityFor(SampleRole role) =>
        role == SampleRole.Adversarial ? ActivityNames.AttackShard : ActivityNames.CorruptShard;
}
