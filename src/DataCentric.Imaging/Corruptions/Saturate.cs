using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Saturate"/>. The defaults are imagecorruptions' severity 4, as in the paper's code.</summary>
public sealed record SaturateParameters
{
    /// <summary>Factor of the saturation, 0 to 100. Default 5.</summary>
    public double Factor { get; init; } = 5;

    /// <summary>What is added to the saturation, -1 to 1. Default .1.</summary>
    public double Shift { get; init; } = 0.1;
}

/// <summary>
/// Stronger or weaker colours (imagecorruptions 1.1.2, <c>saturate</c>): S = clip(factor S + shift, 0, 1) in hexcone HSV, then
/// floor8. Grey pixels have hue 0 and turn reddish when something is added. No randomness.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Saturate(CorruptionId id, SaturateParameters parameters) : Corruption(id)
{
    private readonly double _factor = Guard.InRange(parameters?.Factor, 0, 100);
    private readonly double _shift = Guard.InRange(parameters?.Shift, -1, 1);

    /// <summary>The line of the paper's set; its severities are ImageNet-C's, which the paper's code calls.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("saturate", 4, Make, new SaturateParameters(), ImageNetTable());

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = CorruptionKind.Scaled(
        "saturate", 4, Make, Table((0.3, 0), (0.1, 0), (1.5, 0), (2, 0.1), (2.5, 0.2)));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = CorruptionKind.Scaled("saturate", 4, Make, ImageNetTable());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch) =>
        HsvPixels.Apply(source, destination, _factor, _shift, 0);

    private static Saturate Make(CorruptionId id, SaturateParameters parameters, CorruptionOptions options) =>
        new(id, parameters);

    private static SaturateParameters[] ImageNetTable() => Table((0.3, 0), (0.1, 0), (2, 0), (5, 0.1), (20, 0.2));

    private static SaturateParameters[] Table(params (double Factor, double Shift)[] table) =>
        [.. table.Select(entry => new SaturateParameters { Factor = entry.Factor, Shift = entry.Shift })];
}
