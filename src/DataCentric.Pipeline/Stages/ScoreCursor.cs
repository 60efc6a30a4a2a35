using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

/// <summary>Walks over the scores of all samples in set order, with those of one shard in memory.</summary>
/// <param name="store">The scores.</param>
/// <param name="shards">All shards, in set order.</param>
internal sealed class ScoreCursor(ScoreStore store, IReadOnlyList<ScoreShard> shards)
{
    private SampleScores? _scores;
    private int _shard = -1;

    /// <summary>What the manifest tells of the scores of a sample.</summary>
    /// <param name="index">Its number in the set; ascending from call to call.</param>
    /// <param name="isCorrupted">Whether the score of its corrupted image counts, too.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">The scores are missing or broken.</exception>
    public async Task<SelectionEntry> EntryOfAsync(int index, bool isCorrupted, CancellationToken cancellationToken)
    {
        while (_scores is null || index >= shards[_shard].Start + shards[_shard].Count)
        {
            if (++_shard == shards.Count)
                throw new InvalidDataException($"Sample {index} has no score; start the run again.");
            _scores = await store.ReadAsync(shards[_shard], cancellationToken);
        }

        return _scores.EntryOf(index - shards[_shard].Start, isCorrupted);
    }
}
