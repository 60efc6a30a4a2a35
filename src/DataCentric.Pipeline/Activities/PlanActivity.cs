using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Sets;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>Writes the plan: a pure function of request and sample keys, so writing it again changes nothing.</summary>
/// <param name="stores">Where the run lies.</param>
public sealed class PlanActivity(PipelineStores stores) : IActivity<PlanInput, PlanSummary>
{
    /// <inheritdoc/>
    public async Task<PlanSummary> RunAsync(PlanInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var layout = new RunLayout(input.Request.RunId);
        var rows = await new CanonicalSet(stores.Work, layout, input.Set).ReadRowsAsync(0, input.Set.Count, cancellationToken);
        var plan = Planner.Plan(input.Request.Seed, input.Request.Split, input.Request.Corruptions, [.. rows.Select(row => row.Key)]);
        await stores.Work.WriteSealedAsync(layout.Plan, plan, PipelineJson.Compact, cancellationToken);
        return new PlanSummary(plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));
    }
}
