using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Contrast"/>.</summary>
public sealed record ContrastParameters
{
    /// <summary>Factor of the distance from the mean, 0 to 10. Default .75 (CIFAR-10-C, severity 1).</summary>
    public double Factor { get; init; } = 0.75;
}

/// <summary>
/// Less contrast (Hendrycks and Dietterich 2019, <c>contrast</c>): floor8(255 ((x - mean) c + mean)), the mean of each channel of
/// the image by itself. No randomness.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Contrast(CorruptionId id, ContrastParameters parameters) : Corruption(id)
{
    // A flat image must stay what it is: what rounding takes from a whole level is given back.
    private const double Margin = 1e-9;

    private const int Levels = 256;

    private readonly double _factor = Guard.InRange(parameters?.Factor, 0, 10);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.75, 0.5, 0.4, 0.3, 0.15);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.4, 0.3, 0.2, 0.1, 0.05);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        Span<long> sums = stackalloc long[3];
        ChannelSums.Count(source, sums);
        var tables = scratch.Take<byte>(3 * Levels);
        var shifts = scratch.Take<float>(3);
        var isLinear = true;
        for (var channel = 0; channel < 3; channel++)
        {
            var mean = (double)sums[channel] / shape.PixelCount / 255;
            shifts[channel] = (float)((255 * mean * (1 - _factor)) + Margin);
            isLinear &= FillTable(tables.Slice(channel * Levels, Levels), mean, shifts[channel]);
        }

        if (isLinear)
            Shift(source, destination, shape, shifts, scratch);
        else
            LookUp(source, destination, tables);
    }

    // Whether floats, factor level + shift, give the same for every level.
    private bool FillTable(Span<byte> table, double mean, float shift)
    {
        var isLinear = true;
        for (var value = 0; value < table.Length; value++)
        {
            table[value] = Pixels.Floor8((255 * ((((value / 255.0) - mean) * _factor) + mean)) + Margin);
            isLinear &= table[value] == Pixels.Floor8(((float)_factor * value) + shift);
        }

        return isLinear;
    }

    private void Shift(ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ReadOnlySpan<float> shifts, CorruptionScratch scratch)
    {
        var length = shape.Width * 3;
        var row = scratch.Take<float>(length);
        var added = scratch.Take<float>(length);
        for (var i = 0; i < length; i++)
            added[i] = shifts[i % 3];
        for (var y = 0; y < shape.Height; y++)
        {
            Pixels.ToFloat(source.Slice(y * length, length), row);
            Pixels.Blend(row, (float)_factor, added, 1);
            Pixels.Floor8(row, destination.Slice(y * length, length));
        }
    }

    private static void LookUp(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<byte> tables)
    {
        ref var entry = ref MemoryMarshal.GetReference(tables);
        for (var i = 0; i < source.Length; i += 3)
        {
            var from = source.Slice(i, 3);
            var to = destination.Slice(i, 3);
            to[0] = Unsafe.Add(ref entry, from[0]);
            to[1] = Unsafe.Add(ref entry, from[1] + Levels);
            to[2] = Unsafe.Add(ref entry, from[2] + (2 * Levels));
        }
    }

    private static CorruptionKind Table(params double[] factors) => CorruptionKind.Scaled(
        "contrast",
        22,
        (id, parameters, _) => new Contrast(id, parameters),
        [.. factors.Select(factor => new ContrastParameters { Factor = factor })]);
}
