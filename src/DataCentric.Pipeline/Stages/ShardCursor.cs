using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Stages;

/// <summary>
/// Walks over all samples in set order, taking each from the shard of its role, and clean ones, with those of shards that failed, from the canonical set. Samples of a role are
/// ascending within and across its shards, so one open shard of each role is all it needs: memory does not grow with the set.
/// </summary>
internal sealed class ShardCursor : IAsyncDisposable
{
    private const int CleanBytesAtOnce = 4 << 20;

    private readonly IDataStore _store;
    private readonly RunLayout _layout;
    private readonly EnhancementPlan _plan;
    private readonly bool _readPixels;
    private readonly byte[] _pixels;
    private readonly Dictionary<SampleRole, RoleCursor> _roles;
    private readonly CanonicalSet _canonical;
    private Queue<int> _cleanIndexes = [];
    private byte[] _cleanPixels = [];

    public ShardCursor(IDataStore store, RunLayout layout, AssembleInput input, EnhancementPlan plan, bool readPixels = true)
    {
        (_store, _layout, _plan, _readPixels, _pixels) = (store, layout, plan.Without(input.Failed), readPixels, new byte[input.Set.Shape.ByteLength]);
        _canonical = new CanonicalSet(store, layout, input.Set);
        _roles = new[] { SampleRole.Adversarial, SampleRole.Corrupted }.ToDictionary(role => role, role => new RoleCursor(
            Shard.Cut(role, plan.CountOf(role), input.Set.ShardSizeFor(input.Request), input.Request.Attack.BatchSize)
                .Where(shard => input.Failed.All(failed => failed.Shard != shard)).GetEnumerator()));
    }

    /// <summary>Record and pixels of a sample; pixels are valid until the next call.</summary>
    /// <param name="index">Its number in the set: 0, then 1, and so on.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<(SampleRecord Record, ReadOnlyMemory<byte> Pixels)> NextAsync(int index, CancellationToken cancellationToken)
    {
        if (!_roles.TryGetValue(_plan.RoleOf(index), out var role))
            return await NextCleanAsync(index, cancellationToken);
        if (role.Position == role.Samples.Count)
            await OpenNextAsync(role, cancellationToken);
        var record = role.Samples[role.Position++];
        if (record.Index != index)
            throw new InvalidDataException($"{_store.Location}: shard {role.Shards.Current.Name} holds sample {record.Index} where sample {index} belongs.");
        if (_readPixels)
            await role.Pixels!.ReadExactlyAsync(_pixels, cancellationToken);
        return (record, _pixels);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var role in _roles.Values)
        {
            role.Shards.Dispose();
            if (role.Pixels is not null)
                await role.Pixels.DisposeAsync();
        }
    }

    private async Task<(SampleRecord Record, ReadOnlyMemory<byte> Pixels)> NextCleanAsync(int index, CancellationToken cancellationToken)
    {
        var size = _pixels.Length;
        if (_cleanIndexes.Count == 0)
        {
            var ahead = Enumerable.Range(index, _plan.Count - index).Where(other => _plan.RoleOf(other) == SampleRole.Clean);
            _cleanIndexes = new Queue<int>(ahead.Take(Math.Max(1, CleanBytesAtOnce / size)));
            _cleanPixels = (await _canonical.ReadAsync([.. _cleanIndexes], cancellationToken)).Images.Pixels;
        }

        var pixels = _cleanPixels.AsMemory(_cleanPixels.Length - (_cleanIndexes.Count * size), size);
        _cleanIndexes.Dequeue();
        return (new SampleRecord(index, Linf: 0, L2: 0, Convert.ToHexStringLower(SHA256.HashData(pixels.Span)), Attack: null), pixels);
    }

    private async Task OpenNextAsync(RoleCursor role, CancellationToken cancellationToken)
    {
        if (role.Pixels is not null)
            await role.Pixels.DisposeAsync();
        role.Shards.MoveNext();
        var name = role.Shards.Current.Name;
        role.Samples = (await new ShardStore(_store, _layout).ReadRecordAsync(name, cancellationToken)).Samples;
        role.Position = 0;
        role.Pixels = _readPixels ? await _store.OpenReadAsync(_layout.ShardPixels(name), 0, cancellationToken) : null;
    }

    private sealed class RoleCursor(IEnumerator<Shard> shards)
    {
        public IEnumerator<Shard> Shards { get; } = shards;

        public IReadOnlyList<SampleRecord> Samples { get; set; } = [];

        public int Position { get; set; }

        public Stream? Pixels { get; set; }
    }
}
