using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Writes the plan.</summary>
    public static readonly ActivityName<PlanInput, PlanSummary> Plan = new("Plan");
}

/// <summary>Input of <see cref="ActivityNames.Plan"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Scored">Shards that hold the scores of all samples, in set order; empty where the selection is random.</param>
public sealed record PlanInput(EnhancementRequest Request, IngestedSet Set, IReadOnlyList<ScoreShard> Scored) : StageInput(Request);

/// <summary>Writes the plan: a pure function of request, sample keys and classes, and stored scores, so writing it again changes nothing.</summary>
/// <param name="stores">Where the run lies.</param>
internal sealed class PlanActivity(PipelineStores stores) : IActivity<PlanInput, PlanSummary>
{
    public async Task<PlanSummary> RunAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var set = new CanonicalSet(stores.Work, layout, input.Set);
        var plan = input.Request.Selection == SelectionRule.Random
            ? await DrawAsync(input, set, cancellationToken)
            : await RankAsync(input, set, new ScoreStore(stores.Work, layout), cancellationToken);
        await stores.Work.WriteSealedAsync(layout.Plan, plan, PipelineJson.Compact, cancellationToken);
        return new PlanSummary(plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));
    }

    private static async Task<EnhancementPlan> DrawAsync(PlanInput input, CanonicalSet set, CancellationToken cancellationToken)
    {
        var draw = new PlanDraw(input.Request.Seed, input.Request.Split, input.Request.Corruptions, input.Set.Count);
        await foreach (var (_, row) in set.ReadAllRowsAsync(cancellationToken))
            draw.Next(row.Key);
        return draw.ToPlan();
    }

    private static async Task<EnhancementPlan> RankAsync(PlanInput input, CanonicalSet set, ScoreStore scores, CancellationToken cancellationToken)
    {
        var (keys, labels) = (new ulong[input.Set.Count], new int[input.Set.Count]);
        await foreach (var (index, row) in set.ReadAllRowsAsync(cancellationToken))
            (keys[index], labels[index]) = (row.Key, row.Label);
        var all = await scores.ReadForPlanAsync(input.Scored, input.Set.Count, cancellationToken);
        var classes = input.Request.SelectionBalance == SelectionBalance.Classes ? labels : null;
        return ScoredPlanner.Plan(input.Request.Split, input.Request.Corruptions, keys, all, classes);
    }
}
