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

    /// <summary>Reads of the scores of all samples what a plan needs: those of the images, and their kinds.</summary>
    /// <param name="shards">All shards, in set order.</param>
    /// <param name="count">Samples of the set.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">Those of a shard are missing or broken, by another ensemble, or not of all samples.</exception>
    public async Task<SampleScores> ReadForPlanAsync(IReadOnlyList<ScoreShard> shards, int count, CancellationToken cancellationToken)
    {
        var (images, kinds, chooser, done) = (new float[count], Array.Empty<byte>(), (string?)null, 0);
        foreach (var shard in shards)
        {
            var part = await ReadAsync(shard, cancellationToken);
            if (part.Chooser != (chooser ??= part.Chooser) || part.Images.Length > count - done)
                throw new InvalidDataException($"{store.Location}: {layout.ShardScores(shard.Name)} is not of this set and its surrogates; start the run again.");
            part.Images.CopyTo(images, done);
            if (part.Kinds.Length > 0)
                part.Kinds.CopyTo(kinds = kinds.Length > 0 ? kinds : new byte[count], done);
            done += part.Images.Length;
        }

        return done == count ? new SampleScores(chooser!, images, kinds, []) : throw new InvalidDataException($"{done} scores for {count} samples; start the run again.");
    }

    /// <summary>Reads the scores of a shard.</summary>
    /// <exception cref="InvalidDataException">They are missing or broken.</exception>
    public Task<SampleScores> ReadAsync(ScoreShard shard, CancellationToken cancellationToken) => ReadAsync(layout.ShardScores(shard.Name), cancellationToken);

    private async Task<SampleScores> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.TryReadSealedAsync<SampleScores>(name, PipelineJson.Compact, cancellationToken)
        ?? throw new InvalidDataException($"{store.Location}: {name} is missing or broken; start the run again.");
}
