using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Attacks samples.</summary>
    public static readonly ActivityName<ShardInput, ShardSummary> AttackShard = new("AttackShard");
}

/// <summary>Attacks a shard of samples, one canonical batch after the other.</summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="plans">The run's plan.</param>
/// <param name="ensembles">Loaded surrogates.</param>
/// <param name="observer">Watches iterations.</param>
internal sealed class AttackShardActivity(PipelineStores stores, PlanReader plans, EnsemblePool ensembles, IActivityObserver observer)
    : IActivity<ShardInput, ShardSummary>
{
    public async Task<ShardSummary> RunAsync(ShardInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var shards = new ShardStore(stores.Work, layout);
        var surrogates = EnsemblePool.HashOf(input.Surrogates);
        if (await shards.IsValidAsync(input.Shard.Name, surrogates, cancellationToken))
            return new ShardSummary(input.Shard.Name, Reused: true);

        var plan = await plans.ReadAsync(layout, Chooser.Of(input.Request, input.Surrogates), cancellationToken);
        var indexes = plan.IndexesOf(input.Shard);
        var samples = await new CanonicalSet(stores.Work, layout, input.Set).ReadAsync(indexes, cancellationToken);
        var attacked = await AttackAsync(input, samples, cancellationToken);
        var heldOut = await ClassifyHeldOutAsync(input, samples.Images.Pixels, attacked.Pixels, cancellationToken);
        await shards.WriteAsync(
            input.Shard.Name, surrogates, PerturbationBudget.Of(input.Request.Attack), indexes, samples, attacked.Pixels, Entry, cancellationToken);
        return new ShardSummary(input.Shard.Name, Reused: false);

        AttackEntry Entry(int i, double excess) => new()
        {
            Surrogates = surrogates,
            Excess = excess,
            TrueLogitBefore = attacked.Outcomes[i].TrueLogitBefore,
            TrueLogitAfter = attacked.Outcomes[i].TrueLogitAfter,
            PredictionBefore = attacked.Outcomes[i].PredictionBefore,
            PredictionAfter = attacked.Outcomes[i].PredictionAfter,
            HeldOutBefore = heldOut?.Before[i],
            HeldOutAfter = heldOut?.After[i],
        };
    }

    private async Task<AttackResult> AttackAsync(ShardInput input, StoredSamples samples, CancellationToken cancellationToken)
    {
        using var loan = await ensembles.RentAsync([.. input.Surrogates.Select(model => model.Name)], input.Set, cancellationToken);
        var pixels = new byte[samples.Images.Pixels.Length];
        var outcomes = new List<AttackOutcome>(samples.Images.Count);
        var (size, classes) = (input.Set.Shape.ByteLength, input.Set.ClassCount);
        foreach (var batch in Enumerable.Range(0, samples.Images.Count).Chunk(input.Request.Attack.BatchSize))
        {
            var (first, count) = (batch[0], batch.Length);
            var images = new ImageSet(
                input.Set.Shape,
                samples.Images.Pixels[(first * size)..((first + count) * size)],
                samples.Images.Labels[first..(first + count)],
                samples.Images.SourceIds[first..(first + count)],
                samples.Images.SoftLabels?[(first * classes)..((first + count) * classes)]);
            var keys = samples.Keys[first..(first + count)];
            var iterations = new IterationObserver(observer, input.Shard, first, count, input.Request.Attack);
            var result = loan.Ensemble.Attack(new AttackBatch(images, keys, input.Request.Seed), input.Request.Attack, iterations, cancellationToken);
            result.Pixels.CopyTo(pixels, first * size);
            outcomes.AddRange(result.Outcomes);
        }

        return new AttackResult(pixels, outcomes);
    }

    private async Task<(int[] Before, int[] After)?> ClassifyHeldOutAsync(
        ShardInput input, byte[] clean, byte[] attacked, CancellationToken cancellationToken)
    {
        if (input.Request.HeldOut is not { } model)
            return null;
        using var loan = await ensembles.RentAsync([model], input.Set, cancellationToken);
        return (Classify(loan.Ensemble, clean, input), Classify(loan.Ensemble, attacked, input));
    }

    private static int[] Classify(IEnsemble network, byte[] pixels, ShardInput input)
    {
        var size = input.Set.Shape.ByteLength * input.Request.Attack.BatchSize;
        var classes = new List<int>();
        for (var first = 0; first < pixels.Length; first += size)
        {
            var logits = network.Logits(pixels.AsSpan(first, Math.Min(size, pixels.Length - first)));
            classes.AddRange(logits.Chunk(input.Set.ClassCount).Select(row => Array.IndexOf(row, row.Max())));
        }

        return [.. classes];
    }

    /// <summary>Turns iterations of one batch into image-iterations of the shard.</summary>
    private sealed class IterationObserver(IActivityObserver observer, Shard shard, int imagesBefore, int images, AttackOptions options)
        : IProgress<int>
    {
        public void Report(int value) => observer.Report(new ActivityProgress(
            shard.Name,
            ((long)imagesBefore * options.TotalIterations) + ((long)images * value),
            (long)shard.Count * options.TotalIterations,
            "image-iterations"));
    }
}
