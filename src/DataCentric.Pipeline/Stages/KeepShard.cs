using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

/// <summary>Copies a shard of clean samples.</summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="plans">The run's plan.</param>
internal sealed class KeepShardActivity(PipelineStores stores, PlanReader plans)
    : IActivity<ShardInput, ShardSummary>
{
    public async Task<ShardSummary> RunAsync(ShardInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var shards = new ShardStore(stores.Work, layout);
        var chooser = Chooser.Of(input.Request, input.Surrogates);
        if (await shards.IsValidAsync(input.Shard.Name, chooser, cancellationToken))
            return new ShardSummary(input.Shard.Name, Reused: true);

        var indexes = (await plans.ReadAsync(layout, chooser, cancellationToken)).IndexesOf(input.Shard);
        var samples = await new CanonicalSet(stores.Work, layout, input.Set).ReadAsync(indexes, cancellationToken);
        await shards.WriteAsync(
            input.Shard.Name, chooser, PerturbationBudget.Of(input.Request.Attack), indexes, samples, samples.Images.Pixels, attack: null, cancellationToken);
        return new ShardSummary(input.Shard.Name, Reused: false);
    }
}
