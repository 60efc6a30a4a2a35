namespace DataCentric.Pipeline.Stages;

/// <summary>
/// Walks over all samples in set order, taking each from the shard of its role. Samples of a role are ascending within and across its
/// shards, so three open shards are all it needs: memory does not grow with the set.
/// </summary>
internal sealed class ShardCursor : IAsyncDisposable
{
    private readonly IDataStore _store;
    private readonly RunLayout _layout;
    private readonly EnhancementPlan _plan;
    private readonly bool _readPixels;
    private readonly byte[] _pixels;
    private readonly RoleCursor[] _roles;

    public ShardCursor(IDataStore store, RunLayout layout, AssembleInput input, EnhancementPlan plan, bool readPixels = true)
    {
        (_store, _layout, _plan, _readPixels, _pixels) = (store, layout, plan, readPixels, new byte[input.Set.Shape.ByteLength]);
        _roles =
        [
            .. Enum.GetValues<SampleRole>().Select(role => new RoleCursor(
                Shard.Cut(role, plan.CountOf(role), input.Request.ShardSize, input.Request.Attack.BatchSize).GetEnumerator())),
        ];
    }

    /// <summary>Record and pixels of a sample; pixels are valid until the next call.</summary>
    /// <param name="index">Its number in the set: 0, then 1, and so on.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<(SampleRecord Record, ReadOnlyMemory<byte> Pixels)> NextAsync(int index, CancellationToken cancellationToken)
    {
        var role = _roles[(int)_plan.RoleOf(index)];
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
        foreach (var role in _roles)
        {
            role.Shards.Dispose();
            if (role.Pixels is not null)
                await role.Pixels.DisposeAsync();
        }
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
