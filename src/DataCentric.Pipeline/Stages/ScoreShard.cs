using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Asks the surrogates how unsure they are of samples, for a selection that is not random.</summary>
    public static readonly ActivityName<ScoreInput, ShardSummary> ScoreShard = new("ScoreShard");
}

/// <summary>Input of <see cref="ActivityNames.ScoreShard"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Shard">Which samples.</param>
/// <param name="Surrogates">The ensemble.</param>
public sealed record ScoreInput(EnhancementRequest Request, IngestedSet Set, ScoreShard Shard, IReadOnlyList<TrainedModel> Surrogates) : StageInput(Request)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Part => $"shard {Shard.Name}";
}

/// <summary>A run of samples that one activity scores.</summary>
/// <param name="Start">Number in the set of the first.</param>
/// <param name="Count">Number of samples, at least 1.</param>
public sealed record ScoreShard(int Start, int Count)
{
    /// <summary>Name of the shard's file, equal for equal samples.</summary>
    public string Name => $"scores-{Start:D9}-{Count:D6}";

    /// <summary>
    /// Cuts a set into shards of whole batches, so that every batch has the same members whatever the shard size: batch b is samples
    /// b x batchSize to (b+1) x batchSize - 1 of the set. A score takes a fraction of an attack's time, so shards may be large instead of many.
    /// </summary>
    /// <param name="samples">Samples of the set.</param>
    /// <param name="shardSize">Samples wanted in a shard, at least 1.</param>
    /// <param name="batchSize">Images classified together, at least 1.</param>
    /// <param name="atMost">Most shards, at least 1.</param>
    public static IEnumerable<ScoreShard> Cut(int samples, int shardSize, int batchSize, int atMost)
    {
        var wanted = Math.Max(shardSize, (samples + (long)atMost - 1) / atMost);
        var size = (int)Math.Min((wanted + batchSize - 1) / batchSize * batchSize, int.MaxValue);
        for (long start = 0; start < samples; start += size)
            yield return new ScoreShard((int)start, (int)Math.Min(size, samples - start));
    }
}

/// <summary>
/// Asks the surrogates how unsure they are of the samples of a shard, one canonical batch after the other: as they are, and, where scores
/// choose, corrupted by each kind that might be theirs. Where labels are distilled, what they see is kept, too.
/// </summary>
/// <param name="stores">Where the run lies.</param>
/// <param name="ensembles">Loaded surrogates.</param>
/// <param name="observer">Watches images.</param>
internal sealed class ScoreShardActivity(PipelineStores stores, EnsemblePool ensembles, IActivityObserver observer) : IActivity<ScoreInput, ShardSummary>
{
    public async Task<ShardSummary> RunAsync(ScoreInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var store = new ScoreStore(stores.Work, layout);
        var chooser = EnsemblePool.HashOf(input.Surrogates);
        if (await store.IsValidAsync(input.Shard, chooser, cancellationToken))
            return new ShardSummary(input.Shard.Name, Reused: true);

        int[] indexes = [.. Enumerable.Range(input.Shard.Start, input.Shard.Count)];
        var samples = await new CanonicalSet(stores.Work, layout, input.Set).ReadAsync(indexes, cancellationToken);
        using var loan = await ensembles.RentAsync([.. input.Surrogates.Select(model => model.Name)], input.Set, cancellationToken);
        var seen = input.Request.Labels == LabelRule.Distilled ? new List<float>() : null;
        var scores = Score(input, chooser, samples, loan.Ensemble, seen, cancellationToken);
        await store.WriteAsync(input.Shard, scores, seen, cancellationToken);
        return new ShardSummary(input.Shard.Name, Reused: false);
    }

    private SampleScores Score(ScoreInput input, string chooser, StoredSamples samples, IEnsemble ensemble, List<float>? seen, CancellationToken cancellationToken)
    {
        var trials = input.Request is { Selection: SelectionRule.Random } or { Split.Corrupted: 0 } ? null : new KindTrials(input.Request, input.Set.Shape, changed => Scored(ensemble.LogitsOfEach(changed)));
        var (images, kinds, kindScores) = (new List<float>(), new List<byte>(), new List<float>());
        var size = input.Set.Shape.ByteLength;
        foreach (var batch in Enumerable.Range(0, samples.Keys.Length).Chunk(input.Request.Attack.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pixels = samples.Images.Pixels[(batch[0] * size)..((batch[^1] + 1) * size)];
            var logits = ensemble.LogitsOfEach(pixels);
            images.AddRange(Scored(logits));
            seen?.AddRange(DistilledLabels.Seen(logits, input.Set.ClassCount));
            foreach (var (kind, score) in trials?.Run(samples.Keys.AsSpan(batch[0], batch.Length), pixels) ?? [])
            {
                kinds.Add(kind);
                kindScores.Add(score);
            }

            observer.Report(new ActivityProgress(input.Shard.Name, images.Count, input.Shard.Count, "images"));
        }

        return new SampleScores(chooser, [.. images], [.. kinds], [.. kindScores]);

        float[] Scored(IReadOnlyList<float[]> logits) => EnsembleScore.Of(input.Request.Selection, logits, input.Set.ClassCount);
    }
}
