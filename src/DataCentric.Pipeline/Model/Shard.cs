namespace DataCentric.Pipeline.Model;

/// <summary>A run of samples of one role: numbers <paramref name="Start"/> to Start + Count - 1 of that role's samples in set order.</summary>
/// <param name="Role">Role that all its samples have.</param>
/// <param name="Start">First sample, counted within the role.</param>
/// <param name="Count">Number of samples, at least 1.</param>
public sealed record Shard(SampleRole Role, int Start, int Count)
{
    /// <summary>Name of the shard's files, equal for equal content.</summary>
    public string Name => $"{Role.ToString().ToLowerInvariant()}-{Start:D9}-{Count:D6}";

    /// <summary>
    /// Cuts a role's samples into shards. Adversarial shards hold whole attack batches, so that every batch has the same members
    /// whatever the shard size: batch b is samples b x batchSize to (b+1) x batchSize - 1 of the role. They hold a quarter of what others
    /// do: a sample takes a thousand times as long there, and the last shards should keep all workers busy.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="samples">How many samples have it.</param>
    /// <param name="shardSize">Samples wanted in a shard, at least 1; adversarial shards hold about a quarter.</param>
    /// <param name="batchSize">Images attacked together, at least 1.</param>
    public static IEnumerable<Shard> Cut(SampleRole role, int samples, int shardSize, int batchSize) => ShardSpan.Of(role, samples, shardSize, batchSize).Shards();
}

/// <summary>Shards of one role that follow one another, told without a list of them, which would be megabytes in the messages of a large run.</summary>
/// <param name="Role">Role of their samples.</param>
/// <param name="Start">First sample, counted within the role.</param>
/// <param name="Samples">Samples in all of them, 0 or more.</param>
/// <param name="Size">Samples of each but the last, at least 1.</param>
public sealed record ShardSpan(SampleRole Role, int Start, int Samples, int Size)
{
    /// <summary>Number of shards.</summary>
    [JsonIgnore]
    public int Count => (int)(((long)Samples + Size - 1) / Size);

    /// <summary>All shards of a role, see <see cref="Shard.Cut"/>.</summary>
    /// <param name="role">The role.</param>
    /// <param name="samples">How many samples have it.</param>
    /// <param name="shardSize">Samples wanted in a shard, at least 1; adversarial shards hold about a quarter.</param>
    /// <param name="batchSize">Images attacked together, at least 1.</param>
    public static ShardSpan Of(SampleRole role, int samples, int shardSize, int batchSize)
    {
        var (wanted, unit) = role == SampleRole.Adversarial ? (Math.Max(1, shardSize / 4), batchSize) : (shardSize, 1);
        return new(role, 0, samples, (int)Math.Min((wanted + (long)unit - 1) / unit * unit, int.MaxValue));
    }

    /// <summary>The shards.</summary>
    public IEnumerable<Shard> Shards()
    {
        for (long done = 0; done < Samples; done += Size)
            yield return new Shard(Role, (int)(Start + done), (int)Math.Min(Size, Samples - done));
    }

    /// <summary>Some of them.</summary>
    /// <param name="first">Number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    public ShardSpan Part(int first, int count)
    {
        var skipped = (long)first * Size;
        return this with { Start = (int)(Start + skipped), Samples = (int)Math.Min((long)count * Size, Samples - skipped) };
    }

    /// <summary>Divides shards into groups of equal size, in order; a group may have shards of several spans.</summary>
    /// <param name="spans">The shards.</param>
    /// <param name="size">Shards of each group but the last, at least 1.</param>
    public static IEnumerable<IReadOnlyList<ShardSpan>> Divide(IEnumerable<ShardSpan> spans, int size)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var (group, room) = (new List<ShardSpan>(), size);
        foreach (var span in spans)
        {
            for (var first = 0; first < span.Count;)
            {
                var count = Math.Min(room, span.Count - first);
                group.Add(span.Part(first, count));
                (first, room) = (first + count, room - count);
                if (room > 0)
                    continue;
                yield return group;
                (group, room) = ([], size);
            }
        }

        if (group.Count > 0)
            yield return group;
    }
}

/// <summary>What is known of a finished shard. Written after its pixels: where a record fits its pixels, the shard is done.</summary>
/// <param name="Shard">Name of the shard.</param>
/// <param name="PixelsSha256">Hash of the shard's pixel file.</param>
/// <param name="Surrogates">Hash of the ensemble that attacked or chose its samples; empty where none did.</param>
/// <param name="Samples">One record a sample, ascending.</param>
internal sealed record ShardRecord(string Shard, string PixelsSha256, string Surrogates, IReadOnlyList<SampleRecord> Samples);

/// <summary>What is known of a finished sample.</summary>
/// <param name="Index">Number in the set.</param>
/// <param name="Linf">Largest absolute difference to the source, in levels.</param>
/// <param name="L2">l2 norm of the difference, in levels.</param>
/// <param name="Sha256">Hash of its pixels.</param>
/// <param name="Attack">What the attack did; null unless attacked.</param>
internal sealed record SampleRecord(int Index, int Linf, double L2, string Sha256, AttackEntry? Attack);
