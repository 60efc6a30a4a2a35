using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Stages;

/// <summary>Stores finished shards, pixels first, and finds valid ones again.</summary>
/// <param name="store">The work store.</param>
/// <param name="layout">Names of the run.</param>
internal sealed class ShardStore(IDataStore store, RunLayout layout)
{
    /// <summary>Whether the shard is there, attacked or chosen by these surrogates, and its pixels are what its record says.</summary>
    public async Task<bool> IsValidAsync(string shard, string surrogates, CancellationToken cancellationToken)
    {
        var record = await TryReadRecordAsync(shard, cancellationToken);
        return record is not null
            && record.Surrogates == surrogates
            && await store.HashAsync(layout.ShardPixels(shard), cancellationToken) == record.PixelsSha256;
    }

    /// <summary>Measures and stores a finished shard.</summary>
    /// <param name="shard">Its name.</param>
    /// <param name="surrogates">Hash of the ensemble that attacked or chose; empty where none did.</param>
    /// <param name="budget">Splits off the excess of attacked samples.</param>
    /// <param name="indexes">Numbers in the set.</param>
    /// <param name="clean">The samples as they were.</param>
    /// <param name="pixels">The samples as they are now.</param>
    /// <param name="attack">What the attack did to the i-th sample, given its excess; null where nothing was attacked.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task WriteAsync(
        string shard,
        string surrogates,
        PerturbationBudget budget,
        IReadOnlyList<int> indexes,
        StoredSamples clean,
        byte[] pixels,
        Func<int, double, AttackEntry>? attack,
        CancellationToken cancellationToken)
    {
        var size = clean.Images.Shape.ByteLength;
        var samples = new SampleRecord[indexes.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            var image = pixels.AsSpan(i * size, size);
            var (linf, l2, excess) = budget.Measure(clean.Images.Image(i), image);
            samples[i] = new SampleRecord(indexes[i], linf, l2, Convert.ToHexStringLower(SHA256.HashData(image)), attack?.Invoke(i, excess));
        }

        await store.WriteAllBytesAsync(layout.ShardPixels(shard), pixels, cancellationToken);
        var record = new ShardRecord(shard, Convert.ToHexStringLower(SHA256.HashData(pixels)), surrogates, samples);
        await store.WriteSealedAsync(layout.ShardRecord(shard), record, PipelineJson.Compact, cancellationToken);
    }

    /// <summary>Reads the record of a finished shard.</summary>
    public async Task<ShardRecord> ReadRecordAsync(string shard, CancellationToken cancellationToken) =>
        await TryReadRecordAsync(shard, cancellationToken)
        ?? throw new InvalidDataException($"{store.Location}: {layout.ShardRecord(shard)} is missing or broken; start the run again to repeat the shard.");

    private Task<ShardRecord?> TryReadRecordAsync(string shard, CancellationToken cancellationToken) =>
        store.TryReadSealedAsync<ShardRecord>(layout.ShardRecord(shard), PipelineJson.Compact, cancellationToken);
}

/// <summary>Input of the three shard activities.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Shard">Which samples.</param>
/// <param name="Surrogates">The ensemble; empty where nothing is attacked.</param>
public sealed record ShardInput(EnhancementRequest Request, IngestedSet Set, Shard Shard, IReadOnlyList<TrainedModel> Surrogates) : StageInput(Request)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Part => PartOf(Shard);

    /// <summary>What a shard is called in messages.</summary>
    /// <param name="shard">The shard.</param>
    public static string PartOf(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return $"shard {shard.Name}";
    }
}

/// <summary>A finished shard, of samples or of their scores.</summary>
/// <param name="Name">Name of the shard.</param>
/// <param name="Reused">Whether a valid result was there already.</param>
public sealed record ShardSummary(string Name, bool Reused);
