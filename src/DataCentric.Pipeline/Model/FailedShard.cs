namespace DataCentric.Pipeline.Model;

/// <summary>A shard that failed for good in a run that allows it (<see cref="EnhancementRequest.MaxFailedShards"/>): its samples are clean.</summary>
/// <param name="Shard">Which samples, by the role that they were to have.</param>
/// <param name="Reason">What went wrong, at most <see cref="LongestReason"/> characters.</param>
public sealed record FailedShard(Shard Shard, string Reason)
{
    /// <summary>Most that a run may allow. They travel in messages, by name and reason: 100 are below 40 kB.</summary>
    public const int Most = 100;

    /// <summary>Characters of a reason that are kept.</summary>
    public const int LongestReason = 200;
}

/// <summary>Words for failed shards.</summary>
public static class FailedShards
{
    /// <summary>Samples in them.</summary>
    /// <param name="shards">The shards.</param>
    public static int SamplesOf(IReadOnlyList<FailedShard> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        return shards.Sum(shard => shard.Shard.Count);
    }

    /// <summary>How many failed, and of how many samples, such as <c>1 shard failed for good; its 64 samples, which were to be attacked, are clean</c>.</summary>
    /// <param name="shards">One or more.</param>
    public static string Sentence(IReadOnlyList<FailedShard> shards)
    {
        var samples = SamplesOf(shards);
        var roles = string.Join(" or ", shards.Select(shard => shard.Shard.Role).Distinct().Order().Select(role => role == SampleRole.Adversarial ? "attacked" : "corrupted"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{shards.Count} {(shards.Count == 1 ? "shard" : "shards")} failed for good; {(shards.Count == 1 ? "its" : "their")} {samples:N0} samples, which were to be {roles}, are clean");
    }
}
