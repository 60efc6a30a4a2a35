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
    private const int RowsAtOnce = 4096;

    public async Task<PlanSummary> RunAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var (keys, labels) = await ReadAsync(new CanonicalSet(stores.Work, layout, input.Set), input.Set.Count, cancellationToken);
        var plan = input.Request.Selection == SelectionRule.Random
            ? Planner.Plan(input.Request.Seed, input.Request.Split, input.Request.Corruptions, keys)
            : ScoredPlanner.Plan(
                input.Request.Split,
                input.Request.Corruptions,
                keys,
                await MergeAsync(layout, input.Scored, cancellationToken),
                input.Request.SelectionBalance == SelectionBalance.Classes ? labels : null);
        await stores.Work.WriteSealedAsync(layout.Plan, plan, PipelineJson.Compact, cancellationToken);
        return new PlanSummary(plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));
    }

    /// <summary>Keys and labels of all samples; soft labels, of which there may be gigabytes, are left a part at a time.</summary>
    private static async Task<(ulong[] Keys, int[] Labels)> ReadAsync(CanonicalSet set, int count, CancellationToken cancellationToken)
    {
        var (keys, labels) = (new ulong[count], new int[count]);
        for (var first = 0; first < count; first += RowsAtOnce)
        {
            var rows = await set.ReadRowsAsync(first, Math.Min(RowsAtOnce, count - first), cancellationToken);
            for (var i = 0; i < rows.Length; i++)
                (keys[first + i], labels[first + i]) = (rows[i].Key, rows[i].Label);
        }

        return (keys, labels);
    }

    private async Task<SampleScores> MergeAsync(RunLayout layout, IReadOnlyList<ScoreShard> shards, CancellationToken cancellationToken)
    {
        var store = new ScoreStore(stores.Work, layout);
        var scores = await store.ReadAsync(shards, cancellationToken);
        await store.WriteAllAsync(scores, cancellationToken);
        return scores;
    }
}
