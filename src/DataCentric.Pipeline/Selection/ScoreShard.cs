namespace DataCentric.Pipeline.Selection;

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
