using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="MotionBlur"/>. The defaults are imagecorruptions' severity 1, as in the paper's code.</summary>
public sealed record MotionBlurParameters
{
    /// <summary>Half the length of the kernel in pixels, 1 to 100. Default 10.</summary>
    public int Radius { get; init; } = 10;

    /// <summary>Width of the kernel in pixels, .1 to 100. Default 3.</summary>
    public double Sigma { get; init; } = 3;

    /// <summary>Direction in degrees, -180 to 180. Default -45 to 45.</summary>
    public Interval Angle { get; init; } = new(-45, 45);
}

/// <summary>
/// One-sided motion blur, see <see cref="DirectionalBlur"/>, then floor8 (imagecorruptions 1.1.2; CIFAR-10-C does the same through
/// ImageMagick 6, whose way back to bytes cuts off too).
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class MotionBlur(CorruptionId id, MotionBlurParameters parameters) : Corruption(id)
{
    // Weights sum to 1 only up to rounding, and a constant image must stay what it is.
    private const float Margin = 1e-4f;

    private readonly Interval _angle = Guard.InRange(parameters?.Angle, -180, 180);
    private readonly DirectionalBlur _blur = new((int)Guard.InRange(parameters?.Radius, 1, 100), Guard.InRange(parameters?.Sigma, 0.1, 100));

    /// <summary>The line of the paper's set; its severities are ImageNet-C's, which the paper's code calls.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("motion_blur", 12, Make, new MotionBlurParameters(), ImageNetTable());

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = CorruptionKind.Scaled(
        "motion_blur", 12, Make, Table((6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = CorruptionKind.Scaled("motion_blur", 12, Make, ImageNetTable());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var blurred = scratch.Take<float>(source.Length);
        _blur.Apply(source, shape, 3, _angle.Draw(ref random), blurred, scratch);
        Pixels.Floor8(blurred, destination, Margin);
    }

    private static MotionBlur Make(CorruptionId id, MotionBlurParameters parameters, CorruptionOptions options) =>
        new(id, parameters);

    private static MotionBlurParameters[] ImageNetTable() => Table((10, 3), (15, 5), (15, 8), (15, 12), (20, 15));

    private static MotionBlurParameters[] Table(params (int Radius, double Sigma)[] table) =>
        [.. table.Select(entry => new MotionBlurParameters { Radius = entry.Radius, Sigma = entry.Sigma })];
}
