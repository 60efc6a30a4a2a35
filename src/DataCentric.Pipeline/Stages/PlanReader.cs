using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

/// <summary>
/// Reads the plan of a run once and keeps the latest, for the many shards of one run. Thread-safe. A plan follows from the request, and
/// from the ensemble where that chose: with another ensemble it is read again.
/// </summary>
/// <param name="stores">Where the run lies.</param>
internal sealed class PlanReader(PipelineStores stores)
{
    private volatile Latest? _latest;

    /// <summary>Reads the plan.</summary>
    /// <param name="layout">Names of the run.</param>
    /// <param name="chooser">See <see cref="Chooser"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal async Task<EnhancementPlan> ReadAsync(RunLayout layout, string chooser, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && latest.RunId == layout.RunId && latest.Chooser == chooser)
            return latest.Plan;
        var plan = await stores.Work.TryReadSealedAsync<EnhancementPlan>(layout.Plan, PipelineJson.Compact, cancellationToken)
            ?? throw new InvalidDataException($"{stores.Work.Location}: {layout.Plan} is missing or broken; start the run again.");
        _latest = new Latest(layout.RunId, chooser, plan);
        return plan;
    }

    private sealed record Latest(string RunId, string Chooser, EnhancementPlan Plan);
}
