namespace DataCentric.Pipeline.Results;

/// <summary>Whether the lines of a manifest that tell of a failed shard are those of the shards that the run record names: counted within the intended role.</summary>
/// <param name="failed">The shards of the record.</param>
internal sealed class LossCheck(IReadOnlyList<FailedShard> failed)
{
    private readonly Dictionary<SampleRole, int> _ranks = [];
    private int _found;

    /// <summary>Whether each sample of the failed shards was there.</summary>
    public bool IsComplete => _found == FailedShards.SamplesOf(failed);

    /// <summary>Whether a line fits; they come in set order.</summary>
    public bool Fits(ManifestEntry entry)
    {
        var role = entry.Intended ?? entry.Role;
        var rank = _ranks[role] = _ranks.GetValueOrDefault(role, -1) + 1;
        var isLost = failed.Any(shard => shard.Shard.Role == role && rank >= shard.Shard.Start && rank - shard.Shard.Start < shard.Shard.Count);
        _found += isLost ? 1 : 0;
        return isLost == entry.Intended is not null;
    }
}
