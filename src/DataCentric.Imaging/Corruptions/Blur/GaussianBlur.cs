using DataCentric.Images;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="GaussianBlur"/>.</summary>
public sealed record GaussianBlurParameters
{
    /// <summary>Deviation of the kernel in pixels, .01 to 20. Default 1 (the paper's code).</summary>
    public double Sigma { get; init; } = 1;
}

/// <summary>
/// Gaussian blur (imgaug 0.4.0, <c>GaussianBlur(1.0)</c>): 5 x 5 kernel at sigma 1 in OpenCV's fixed point, mirrored borders, halves
/// rounded up. No randomness.
/// </summary>
public sealed class GaussianBlur : Corruption
{
    private readonly float[] _kernel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public GaussianBlur(CorruptionId id, GaussianBlurParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sigma = Guard.InRange(parameters.Sigma, 0.01, 20);
        _kernel = GaussianFilter.ByteKernel(sigma, GaussianFilter.ImgaugRadius(sigma));
    }

    /// <summary>The line of the paper's set.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("gaussian_blur", 11, (id, parameters, _) => new GaussianBlur(id, parameters), new GaussianBlurParameters());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var plane = PaddedPlane.Of(source, shape, 3, Margins.All(_kernel.Length / 2), Border.Reflect101, scratch);
        var blurred = scratch.Take<float>(source.Length);
        GaussianFilter.Blur(plane, shape, _kernel, blurred, scratch);
        Pixels.Floor8(blurred, destination, 0.5f);
    }
}
