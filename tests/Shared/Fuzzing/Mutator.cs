using System.Buffers.Binary;
using DataCentric.Randomness;

namespace DataCentric.Tests.Fuzzing;

/// <summary>Damages files: cuts them, flips bits, overwrites, inserts, removes and repeats parts, and writes lengths that are too large. One number, one damage.</summary>
internal static class Mutator
{
    private static readonly long[] Extremes = [0, 1, -1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>A damaged copy.</summary>
    /// <param name="whole">A whole file.</param>
    /// <param name="number">Number of the damage.</param>
    public static byte[] Damage(byte[] whole, int number)
    {
        var random = new CounterRandom(0xF022, (ulong)number, RandomStage.Selection);
        var bytes = new List<byte>(whole);
        for (var times = 1 + random.Below(3); times > 0; times--)
            DamageOnce(bytes, ref random);
        return [.. bytes];
    }

    private static void DamageOnce(List<byte> bytes, ref CounterRandom random)
    {
        if (bytes.Count == 0)
            return;
        var at = Place(bytes.Count, ref random);
        var length = Math.Min(bytes.Count - at, 1 + random.Below(1 << random.Below(12)));
        switch (random.Below(8))
        {
            case 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(random.Below(bytes.Count + 1), bytes.GetRange(at, length)); break;
            case 3: bytes.InsertRange(at, Noise(length, ref random)); break;
            case 4: Overwrite(bytes, at, Noise(length, ref random)); break;
            case 5 or 6: Overwrite(bytes, at, Extreme(ref random)); break;
            default: Flip(bytes, ref random); break;
        }
    }

    /// <summary>Headers are short and matter most: half of all places are within the first 200 bytes or the last 100.</summary>
    private static int Place(int length, ref CounterRandom random) => random.Below(4) switch
    {
        0 => random.Below(Math.Min(length, 200)),
        1 => length - 1 - random.Below(Math.Min(length, 100)),
        _ => random.Below(length),
    };

    private static void Flip(List<byte> bytes, ref CounterRandom random)
    {
        for (var times = 1 + random.Below(8); times > 0; times--)
            bytes[Place(bytes.Count, ref random)] ^= (byte)(1 << random.Below(8));
    }

    private static byte[] Noise(int length, ref CounterRandom random)
    {
        var noise = new byte[length];
        foreach (ref var value in noise.AsSpan())
            value = (byte)random.Below(256);
        return noise;
    }

    /// <summary>A number that breaks what it says how long something is: 1 to 8 bytes, in either order, or octal digits as in tar.</summary>
    private static byte[] Extreme(ref CounterRandom random)
    {
        var value = new byte[8];
        var number = Extremes[random.Below(Extremes.Length)];
        if (random.Below(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(value, number);
        else
            BinaryPrimitives.WriteInt64BigEndian(value, number);
        return random.Below(8) == 0 ? "77777777777"u8.ToArray() : value[..(1 << random.Below(4))];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] values)
    {
        for (var i = 0; i < values.Length && at + i < bytes.Count; i++)
            bytes[at + i] = values[i];
    }

    private static int Below(this ref CounterRandom random, int bound) => (int)(random.NextUInt32() % (uint)bound);
}
