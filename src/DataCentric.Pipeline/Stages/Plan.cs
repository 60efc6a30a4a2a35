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
        var rows = await new CanonicalSet(stores.Work, layout, input.Set).ReadRowsAsync(0, input.Set.Count, cancellationToken);
        ulong[] keys = [.. rows.Select(row => row.Key)];
        var plan = input.Request.Selection == SelectionRule.Random
            ? Planner.Plan(input.Request.Seed, input.Request.Split, input.Request.Corruptions, keys)
            : ScoredPlanner.Plan(
                input.Request.Split,
                input.Request.Corruptions,
                keys,
                await MergeAsync(layout, input.Scored, cancellationToken),
                input.Request.SelectionBalance == SelectionBalance.Classes ? [.. rows.Select(row => row.Label)] : null);
        await stores.Work.WriteSealedAsync(layout.Plan, plan, PipelineJson.Compact, cancellationToken);
        return new PlanSummary(plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));
    }

    private async Task<SampleScores> MergeAsync(RunLayout layout, IReadOnlyList<ScoreShard> shards, CancellationToken cancellationToken)
    {
        var store = new ScoreStore(stores.Work, layout);
        var scores = await store.ReadAsync(shards, cancellationToken);
        await store.WriteAllAsync(scores, cancellationToken);
        return scores;
    }
}
