using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Noise that changes every byte by itself, given as the chances of each output byte for each input byte. Drawn exactly, with one
/// draw a byte, by the alias method (Walker 1977; table after Vose 1991): the upper 8 bits pick a column, the lower 24 decide
/// between the column and its alias. Chances are kept to 2^-32.
/// </summary>
internal sealed class ByteChannel
{
    private const int Levels = 256;
    private const uint Whole = 1 << 24;

    // Row = input byte, column = upper bits of the draw; the limit in the upper 24 bits, the alias in the lower 8.
    private readonly uint[] _table = new uint[Levels * Levels];

    /// <summary>Makes the table.</summary>
    /// <param name="chances">Writes the 256 chances for an input byte; they sum to 1.</param>
    public ByteChannel(Action<int, Span<double>> chances)
    {
        Span<double> row = stackalloc double[Levels];
        for (var input = 0; input < Levels; input++)
        {
            chances(input, row);
            FillRow(row, _table.AsSpan(input * Levels, Levels));
        }
    }

    /// <summary>Makes the channel out = clip(in + n), n a whole number.</summary>
    /// <param name="cumulative">P(n &lt;= k) for whole k.</param>
    public static ByteChannel Additive(Func<int, double> cumulative)
    {
        // Asked once for each difference of two bytes, and not for each pair.
        var upTo = Enumerable.Range(-Levels, 2 * Levels).Select(cumulative).ToArray();
        return new((input, row) =>
        {
            for (var output = 0; output < Levels; output++)
                row[output] = (output == Levels - 1 ? 1 : upTo[Levels + output - input]) - (output == 0 ? 0 : upTo[Levels + output - 1 - input]);
        });
    }

    /// <summary>Sends every byte through the channel.</summary>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> destination, ref CounterRandom random, CorruptionScratch scratch)
    {
        var draws = scratch.Take<uint>(source.Length);
        random.Fill(draws);
        var done = Avx2.IsSupported ? ApplyEights(source, destination, draws) : 0;
        for (var i = done; i < source.Length; i++)
        {
            var draw = draws[i];
            var entry = _table[(source[i] << 8) | (int)(draw >> 24)];
            destination[i] = (byte)((draw & (Whole - 1)) < entry >> 8 ? draw >> 24 : entry);
        }
    }

    private unsafe int ApplyEights(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<uint> draws)
    {
        var index = 0;
        fixed (uint* table = _table)
        fixed (byte* from = source)
        fixed (byte* to = destination)
        fixed (uint* random = draws)
        {
            for (; index <= source.Length - 8; index += 8)
            {
                var draw = Vector256.Load(random + index);
                var column = draw >>> 24;
                var row = Avx2.ConvertToVector256Int32(from + index) << 8;
                var entry = Avx2.GatherVector256(table, row | column.AsInt32(), sizeof(uint));
                var own = Vector256.LessThan((draw & Vector256.Create(Whole - 1)).AsInt32(), (entry >>> 8).AsInt32());
                var output = Vector256.ConditionalSelect(own.AsUInt32(), column, entry & Vector256.Create(255u));
                var words = Vector128.Narrow(output.GetLower(), output.GetUpper());
                Vector128.Narrow(words, words).GetLower().Store(to + index);
            }
        }

        return index;
    }

    private static void FillRow(Span<double> chances, Span<uint> table)
    {
        Span<byte> small = stackalloc byte[Levels];
        Span<byte> large = stackalloc byte[Levels];
        var (smalls, larges) = (0, 0);
        for (var level = 0; level < Levels; level++)
        {
            chances[level] *= Levels;
            if (chances[level] < 1)
                small[smalls++] = (byte)level;
            else
                large[larges++] = (byte)level;
        }

        while (smalls > 0 && larges > 0)
        {
            var (little, big) = (small[--smalls], large[larges - 1]);
            table[little] = Entry(chances[little], big);
            chances[big] -= 1 - chances[little];
            if (chances[big] < 1)
                small[smalls++] = large[--larges];
        }

        // What is left differs from a full column only by rounding.
        foreach (var level in small[..smalls])
            table[level] = Entry(1, level);
        foreach (var level in large[..larges])
            table[level] = Entry(1, level);
    }

    private static uint Entry(double share, byte alias) => (Math.Min((uint)Math.Round(share * Whole), Whole - 1) << 8) | alias;
}
