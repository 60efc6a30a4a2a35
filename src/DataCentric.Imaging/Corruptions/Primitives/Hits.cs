using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Which of many rare events happen.</summary>
internal static class Hits
{
    /// <summary>The limit below which a draw of 32 bits is a hit.</summary>
    /// <param name="chance">Chance of a hit, 0 to 1.</param>
    public static uint Limit(double chance) => (uint)Math.Min(chance * (1L << 32), uint.MaxValue);

    /// <summary>Lists the places of the draws below a limit, in order.</summary>
    /// <param name="draws">Uniform bits.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="places">Receives the places; as long as the draws.</param>
    /// <returns>How many there are.</returns>
    public static int Find(ReadOnlySpan<uint> draws, uint limit, Span<int> places)
    {
        ref var first = ref MemoryMarshal.GetReference(draws);
        var bound = Vector256.Create(limit);
        var (count, index) = (0, 0);
        for (; index <= draws.Length - 8; index += 8)
        {
            var bits = Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)index), bound).ExtractMostSignificantBits();
            for (; bits != 0; bits &= bits - 1)
                places[count++] = index + BitOperations.TrailingZeroCount(bits);
        }

        for (; index < draws.Length; index++)
        {
            if (Unsafe.Add(ref first, index) < limit)
                places[count++] = index;
        }

        return count;
    }
}
