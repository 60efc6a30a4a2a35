using System.Runtime.CompilerServices;

namespace DataCentric.Randomness;

/// <summary>
/// A counter-based generator: draw number n of (run seed, sample, stage, variant) is a pure function of those five numbers, so any
/// shard, order, thread, retry or resume sees the same values. Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy
/// as 1, 2, 3"; Random123 1.14): key = run seed; counter = block of four draws | stage and variant | sample.
/// </summary>
/// <remarks>A mutable value: pass it by <c>ref</c>; a copy repeats the draws of the original.</remarks>
public struct CounterRandom
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    private readonly ulong _key;
    private readonly ulong _sample;
    private readonly uint _stream;
    private uint _block;
    private int _used;
    private Four _values;
    private double _spareNormal;
    private bool _hasSpare;

    /// <summary>Opens the stream of one sample in one stage.</summary>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="sample">Number of the sample in its source, or another key where the stage belongs to no sample.</param>
    /// <param name="stage">What the draws are for.</param>
    /// <param name="variant">Tells apart streams of one stage, such as kinds of corruption or epochs; 0 to 2^24-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variant does not fit.</exception>
    public CounterRandom(ulong runSeed, ulong sample, RandomStage stage, int variant = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(variant);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(variant, 1 << 24);
        _key = runSeed;
        _sample = sample;
        _stream = ((uint)stage << 24) | (uint)variant;
        _used = 4;
    }

    /// <summary>32 uniform bits.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            _values = Philox(_key, _block++, _stream, _sample);
            _used = 0;
        }

        return _values[_used++];
    }

    /// <summary>Fills the span with the values that as many calls of <see cref="NextUInt32"/> would give, only faster.</summary>
    /// <param name="values">Where the draws go.</param>
    public void Fill(Span<uint> values)
    {
        while (_used < 4 && values.Length > 0)
        {
            values[0] = _values[_used++];
            values = values[1..];
        }

        var blocks = PhiloxBlocks.Fill(_key, _block, _stream, _sample, values);
        _block += (uint)blocks;
        foreach (ref var value in values[(blocks * 4)..])
            value = NextUInt32();
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    /// <param name="low">Lower bound, inclusive.</param>
    /// <param name="high">Upper bound, exclusive.</param>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform integer in [0, count), without bias (Lemire 2019).</summary>
    /// <param name="count">Number of values, at least 1.</param>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var product = (ulong)NextUInt32() * (uint)count;
        if ((uint)product < (uint)count)
        {
            var threshold = (uint)-count % (uint)count;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * (uint)count;
        }

        return (int)(product >> 32);
    }

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">0 to 1.</param>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Normal draw (Box and Muller 1958).</summary>
    /// <param name="mean">Mean.</param>
    /// <param name="deviation">Standard deviation.</param>
    public double Normal(double mean = 0, double deviation = 1)
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return mean + (deviation * _spareNormal);
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sine;
        _hasSpare = true;
        return mean + (deviation * radius * cosine);
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates).</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">Items to shuffle in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static Four Philox(ulong key, uint block, uint stream, ulong sample)
    {
        uint c0 = block, c1 = stream, c2 = (uint)sample, c3 = (uint)(sample >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        var values = default(Four);
        (values[0], values[1], values[2], values[3]) = (c0, c1, c2, c3);
        return values;
    }

    [InlineArray(4)]
    private struct Four
    {
        private uint _first;
    }
}
