using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="GaussianBlur"/>.</summary>
public sealed record GaussianBlurParameters
{
    /// <summary>Deviation of the kernel in pixels, .01 to 20. Default 1 (the paper's code).</summary>
    public double Sigma { get; init; } = 1;

    /// <summary>
    /// How it is computed. OpenCV: kernel of about 3.3 sigma in fixed point, mirrored borders, rounded. scipy: kernel of 8 sigma,
    /// repeated edge, cut off. Default OpenCV.
    /// </summary>
    public GaussianBlurStyle Style { get; init; }
}

/// <summary>Whose Gaussian blur it is.</summary>
public enum GaussianBlurStyle
{
    /// <summary>OpenCV's, which imgaug calls.</summary>
    OpenCv,

    /// <summary>scipy's, which scikit-image and so CIFAR-10-C and imagecorruptions call.</summary>
    Scipy,
}

/// <summary>
/// Gaussian blur (imgaug 0.4.0, <c>GaussianBlur(1.0)</c>: 5 x 5 kernel at sigma 1 in OpenCV's fixed point, mirrored borders, halves
/// rounded up; Hendrycks and Dietterich 2019, <c>gaussian_blur</c>: scikit-image, floor8). No randomness.
/// </summary>
public sealed class GaussianBlur : Corruption
{
    // Weights sum to 1 only up to rounding, and a flat image must stay what it is.
    private const float Margin = 1e-4f;

    private readonly float[] _kernel;
    private readonly Border _border;
    private readonly float _added;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public GaussianBlur(CorruptionId id, GaussianBlurParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sigma = Guard.InRange(parameters.Sigma, 0.01, 20);
        (_kernel, _border, _added) = parameters.Style == GaussianBlurStyle.OpenCv
            ? (GaussianFilter.ByteKernel(sigma, GaussianFilter.ImgaugRadius(sigma)), Border.Reflect101, 0.5f)
            : (GaussianFilter.TruncatedKernel(sigma, 4), Border.Replicate, Margin);
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "gaussian_blur",
        11,
        (id, parameters, _) => new GaussianBlur(id, parameters),
        new GaussianBlurParameters(),
        [.. new[] { 0.5, 0.75, 1, 1.5, 2 }.Select(value => new GaussianBlurParameters { Sigma = value })]);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.4, 0.6, 0.7, 0.8, 1);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(1, 2, 3, 4, 6);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var plane = PaddedPlane.Of(source, shape, 3, Margins.All(_kernel.Length / 2), _border, scratch);
        var blurred = scratch.Take<float>(source.Length);
        GaussianFilter.Blur(plane, shape, _kernel, blurred, scratch);
        Pixels.Floor8(blurred, destination, _added);
    }

    private static CorruptionKind Table(params double[] sigmas) => CorruptionKind.Scaled(
        "gaussian_blur",
        11,
        (id, parameters, _) => new GaussianBlur(id, parameters),
        [.. sigmas.Select(sigma => new GaussianBlurParameters { Sigma = sigma, Style = GaussianBlurStyle.Scipy })]);
}
