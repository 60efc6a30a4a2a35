using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Randomness;

/// <summary>
/// Philox4x32-10 for four successive blocks at a time, bit-identical to the scalar generator. Each 64-bit lane carries one block;
/// only the low half of a lane is meaningful, because a round multiplies low halves and exclusive-ors the rest.
/// </summary>
internal static class PhiloxBlocks
{
    private const int BlocksAtOnce = 4;

    /// <summary>Writes whole blocks of four draws.</summary>
    /// <returns>How many blocks were written; 0 where the processor lacks the instructions.</returns>
    public static int Fill(ulong key, uint block, uint stream, ulong sample, Span<uint> values)
    {
        if (!Avx2.IsSupported)
            return 0;
        var groups = values.Length / (4 * BlocksAtOnce);
        ref var target = ref MemoryMarshal.GetReference(values);
        for (var group = 0; group < groups; group++)
        {
            var first = block + (uint)(group * BlocksAtOnce);
            var counters = Vector256.Create((ulong)first, first + 1, first + 2, first + 3);
            Four(counters, key, stream, sample, ref Unsafe.Add(ref target, group * 4 * BlocksAtOnce));
        }

        return groups * BlocksAtOnce;
    }

    private static void Four(Vector256<ulong> c0, ulong key, uint stream, ulong sample, ref uint target)
    {
        var c1 = Vector256.Create((ulong)stream);
        var c2 = Vector256.Create((ulong)(uint)sample);
        var c3 = Vector256.Create(sample >> 32);
        var multiplier0 = Vector256.Create((ulong)CounterRandom.Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create((ulong)CounterRandom.Multiplier1).AsUInt32();
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var p0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
            var p1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0);
            c2 = (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1);
            c1 = p1;
            c3 = p0;
            k0 += CounterRandom.Weyl0;
            k1 += CounterRandom.Weyl1;
        }

        // Lane b holds block b: pair the words as (c0, c1) and (c2, c3), then bring each block's two pairs together.
        var low = (c0 & Vector256.Create(0xFFFFFFFFUL)) | (c1 << 32);
        var high = (c2 & Vector256.Create(0xFFFFFFFFUL)) | (c3 << 32);
        var even = Avx2.UnpackLow(low, high);
        var odd = Avx2.UnpackHigh(low, high);
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().StoreUnsafe(ref target);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().StoreUnsafe(ref target, 8);
    }
}
