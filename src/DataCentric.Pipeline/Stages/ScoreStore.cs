using System.Runtime.InteropServices;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

/// <summary>Stores the scores of a run, each file whole or not at all, and sealed.</summary>
/// <param name="store">The work store.</param>
/// <param name="layout">Names of the run.</param>
internal sealed class ScoreStore(IDataStore store, RunLayout layout)
{
    /// <summary>Whether the scores of a shard are there, all of them and by this ensemble.</summary>
    public async Task<bool> IsValidAsync(ScoreShard shard, string chooser, CancellationToken cancellationToken) =>
        await store.TryReadSealedAsync<SampleScores>(layout.ShardScores(shard.Name), PipelineJson.Compact, cancellationToken) is { } scores
        && scores.Chooser == chooser
        && scores.Images.Length == shard.Count
        && (scores.LabelsSha256 is null || await store.HashAsync(layout.ShardLabels(shard.Name), cancellationToken) == scores.LabelsSha256);

    /// <summary>Stores the scores of a shard, last, and before them what the surrogates see where that is wanted.</summary>
    public async Task WriteAsync(ScoreShard shard, SampleScores scores, IReadOnlyCollection<float>? seen, CancellationToken cancellationToken)
    {
        if (seen is not null)
        {
            var bytes = MemoryMarshal.AsBytes<float>(seen.ToArray()).ToArray();
            await store.WriteAllBytesAsync(layout.ShardLabels(shard.Name), bytes, cancellationToken);
            scores = scores with { LabelsSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        }

        await store.WriteSealedAsync(layout.ShardScores(shard.Name), scores, PipelineJson.Compact, cancellationToken);
    }

    /// <summary>Reads what the surrogates see in a shard's samples: N x K probabilities.</summary>
    /// <exception cref="InvalidDataException">It is missing or broken.</exception>
    public async Task<byte[]> ReadSeenAsync(ScoreShard shard, CancellationToken cancellationToken)
    {
        var name = layout.ShardLabels(shard.Name);
        var scores = await ReadAsync(layout.ShardScores(shard.Name), cancellationToken);
        var bytes = await store.FindAsync(name, cancellationToken) is null ? [] : await store.ReadAllBytesAsync(name, cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == scores.LabelsSha256
            ? bytes
            : throw new InvalidDataException($"{store.Location}: {name} is missing or broken; start the run again.");
    }

    /// <summary>Reads the scores of shards, one after the other.</summary>
    /// <exception cref="InvalidDataException">Those of a shard are missing or broken, or by another ensemble.</exception>
    public async Task<SampleScores> ReadAsync(IReadOnlyList<ScoreShard> shards, CancellationToken cancellationToken)
    {
        var parts = new List<SampleScores>(shards.Count);
        foreach (var shard in shards)
            parts.Add(await ReadAsync(layout.ShardScores(shard.Name), cancellationToken));
        var chooser = parts.Select(part => part.Chooser).Distinct().Single();
        return new SampleScores(
            chooser,
            [.. parts.SelectMany(part => part.Images)],
            [.. parts.SelectMany(part => part.Kinds)],
            [.. parts.SelectMany(part => part.KindScores)]);
    }

    /// <summary>Stores the scores of the whole set.</summary>
    public Task WriteAllAsync(SampleScores scores, CancellationToken cancellationToken) =>
        store.WriteSealedAsync(layout.Scores, scores, PipelineJson.Compact, cancellationToken);

    /// <summary>Reads the scores of the whole set.</summary>
    /// <exception cref="InvalidDataException">They are missing or broken.</exception>
    public Task<SampleScores> ReadAllAsync(CancellationToken cancellationToken) => ReadAsync(layout.Scores, cancellationToken);

    private async Task<SampleScores> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.TryReadSealedAsync<SampleScores>(name, PipelineJson.Compact, cancellationToken)
        ?? throw new InvalidDataException($"{store.Location}: {name} is missing or broken; start the run again.");
}
