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
    private readonly double _factor = Guard.InRange(parameters?.Factor, 0, 10);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.75, 0.5, 0.4, 0.3, 0.15);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.4, 0.3, 0.2, 0.1, 0.05);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var tables = scratch.Take<byte>(3 * 256);
        var (red, green, blue) = (0L, 0L, 0L);
        for (var i = 0; i < source.Length; i += 3)
        {
            var pixel = source.Slice(i, 3);
            red += pixel[0];
            green += pixel[1];
            blue += pixel[2];
        }

        FillTable(tables[..256], (double)red / shape.PixelCount / 255);
        FillTable(tables.Slice(256, 256), (double)green / shape.PixelCount / 255);
        FillTable(tables[512..], (double)blue / shape.PixelCount / 255);
        ref var entry = ref MemoryMarshal.GetReference(tables);
        for (var i = 0; i < source.Length; i += 3)
        {
            var from = source.Slice(i, 3);
            var to = destination.Slice(i, 3);
            to[0] = Unsafe.Add(ref entry, from[0]);
            to[1] = Unsafe.Add(ref entry, from[1] + 256);
            to[2] = Unsafe.Add(ref entry, from[2] + 512);
        }
    }

    private void FillTable(Span<byte> table, double mean)
    {
        // A flat image must stay what it is: what rounding takes from a whole level is given back.
        const double Margin = 1e-9;
        for (var value = 0; value < table.Length; value++)
            table[value] = Pixels.Floor8((255 * ((((value / 255.0) - mean) * _factor) + mean)) + Margin);
    }

    private static CorruptionKind Table(params double[] factors) => CorruptionKind.Scaled(
        "contrast",
        22,
        (id, parameters, _) => new Contrast(id, parameters),
        [.. factors.Select(factor => new ContrastParameters { Factor = factor })]);
}
