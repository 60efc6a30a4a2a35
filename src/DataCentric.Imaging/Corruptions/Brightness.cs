using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Brightness"/>.</summary>
public sealed record BrightnessParameters
{
    /// <summary>What is added to the value, -1 to 1. Default .05 (CIFAR-10-C, severity 1).</summary>
    public double Shift { get; init; } = 0.05;
}

/// <summary>A brighter image (Hendrycks and Dietterich 2019, <c>brightness</c>): V = clip(V + c) in HSV, then floor8. No randomness.</summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Brightness(CorruptionId id, BrightnessParameters parameters) : Corruption(id)
{
    private readonly double _shift = Guard.InRange(parameters?.Shift, -1, 1);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.05, 0.1, 0.15, 0.2, 0.3);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.1, 0.2, 0.3, 0.4, 0.5);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch) =>
        HsvPixels.Apply(source, destination, 1, 0, _shift);

    private static CorruptionKind Table(params double[] shifts) => CorruptionKind.Scaled(
        "brightness",
        21,
        (id, parameters, _) => new Brightness(id, parameters),
        [.. shifts.Select(shift => new BrightnessParameters { Shift = shift })]);
}
