using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// <see cref="CubicResize"/> turned round, for maps that are nearly all zero: which outputs one input reaches, and with what weight.
/// </summary>
internal sealed class CubicScatter
{
    private const int Lanes = 8;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;

    /// <summary>Makes the table.</summary>
    /// <param name="resize">The table to turn round.</param>
    public CubicScatter(CubicResize resize)
    {
        To = resize.To;
        _first = new int[resize.From];
        _count = new int[resize.From];
        var reached = new SortedDictionary<int, float>[resize.From];
        for (var tap = 0; tap < resize.Places.Length; tap++)
        {
            var outputs = reached[resize.Places[tap]] ??= [];
            outputs[tap / 4] = outputs.GetValueOrDefault(tap / 4) + resize.Weights[tap];
        }

        for (var i = 0; i < resize.From; i++)
        {
            if (reached[i] is { } outputs)
                (_first[i], _count[i]) = (outputs.Keys.First(), outputs.Keys.Last() - outputs.Keys.First() + 1);
        }

        Padding = (_count.Max() + Lanes - 1) / Lanes * Lanes;
        _weights = new float[resize.From * Padding];
        for (var i = 0; i < resize.From; i++)
        {
            foreach (var (output, weight) in reached[i] ?? [])
                _weights[(i * Padding) + output - _first[i]] = weight;
        }
    }

    /// <summary>Length of the output.</summary>
    public int To { get; }

    /// <summary>How many zeros may be added past the last output.</summary>
    public int Padding { get; }

    /// <summary>Adds one input of a two-dimensional map to the outputs it reaches.</summary>
    /// <param name="rows">Table of the height.</param>
    /// <param name="columns">Table of the width.</param>
    /// <param name="row">Row of the input.</param>
    /// <param name="column">Column of the input.</param>
    /// <param name="value">The input.</param>
    /// <param name="output">rows.To x columns.To values and columns.Padding more.</param>
    public static void Add(CubicScatter rows, CubicScatter columns, int row, int column, float value, Span<float> output)
    {
        ref var across = ref columns._weights[column * columns.Padding];
        for (var y = 0; y < rows._count[row]; y++)
        {
            var weight = Vector256.Create(value * rows._weights[(row * rows.Padding) + y]);
            ref var line = ref Unsafe.Add(
                ref MemoryMarshal.GetReference(output), ((rows._first[row] + y) * columns.To) + columns._first[column]);
            for (var x = 0; x < columns._count[column]; x += Lanes)
            {
                var sum = Vector256.LoadUnsafe(ref line, (nuint)x) + (weight * Vector256.LoadUnsafe(ref across, (nuint)x));
                sum.StoreUnsafe(ref line, (nuint)x);
            }
        }
    }
}
