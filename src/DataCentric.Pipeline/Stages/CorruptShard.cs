using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Corrupts samples.</summary>
    public static readonly ActivityName<ShardInput, ShardSummary> CorruptShard = new("CorruptShard");
}

/// <summary>Corrupts a shard of samples, each by the kind that the plan gave it.</summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="plans">The run's plan.</param>
internal sealed class CorruptShardActivity(PipelineStores stores, PlanReader plans) : IActivity<ShardInput, ShardSummary>
{
    public async Task<ShardSummary> RunAsync(ShardInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var shards = new ShardStore(stores.Work, layout);
        var chooser = Chooser.Of(input.Request, input.Surrogates);
        if (await shards.IsValidAsync(input.Shard.Name, chooser, cancellationToken))
            return new ShardSummary(input.Shard.Name, Reused: true);

        var plan = await plans.ReadAsync(layout, chooser, cancellationToken);
        var indexes = plan.IndexesOf(input.Shard);
        var samples = await new CanonicalSet(stores.Work, layout, input.Set).ReadAsync(indexes, cancellationToken);
        var kinds = input.Request.Corruptions.CreateMix().Corruptions;
        var corrupted = new byte[samples.Images.Pixels.Length];
        var size = input.Set.Shape.ByteLength;
        var scratch = new CorruptionScratch();
        for (var i = 0; i < indexes.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Corrupter.Apply(
                input.Request.Seed,
                samples.Keys[i],
                kinds[plan.KindOf(indexes[i])],
                samples.Images.Image(i),
                corrupted.AsSpan(i * size, size),
                input.Set.Shape,
                scratch);
        }

        await shards.WriteAsync(
            input.Shard.Name, chooser, PerturbationBudget.Of(input.Request.Attack), indexes, samples, corrupted, attack: null, cancellationToken);
        return new ShardSummary(input.Shard.Name, Reused: false);
    }
}
