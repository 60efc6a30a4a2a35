using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>Reads the plan of a run once and keeps the latest, for the many shards of one run. Thread-safe.</summary>
/// <param name="stores">Where the run lies.</param>
public sealed class PlanReader(PipelineStores stores)
{
    private volatile Latest? _latest;

    internal async Task<EnhancementPlan> ReadAsync(RunLayout layout, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && latest.RunId == layout.RunId)
            return latest.Plan;
        var plan = await stores.Work.TryReadSealedAsync<EnhancementPlan>(layout.Plan, PipelineJson.Compact, cancellationToken)
            ?? throw new InvalidDataException($"{stores.Work.Location}: {layout.Plan} is missing or broken; start the run again.");
        _latest = new Latest(layout.RunId, plan);
        return plan;
    }

    private sealed record Latest(string RunId, EnhancementPlan Plan);
}
