using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="GlassBlur"/>.</summary>
public sealed record GlassBlurParameters
{
    /// <summary>Deviation of the blur before and after, in pixels, .01 to 20. Default .05 (CIFAR-10-C, severity 1).</summary>
    public double Sigma { get; init; } = 0.05;

    /// <summary>Farthest that a pixel is taken from, 1 to 4. Default 1.</summary>
    public int Reach { get; init; } = 1;

    /// <summary>How often the image is gone through, 1 to 10. Default 1.</summary>
    public int Passes { get; init; } = 1;
}

/// <summary>
/// Frosted glass (Hendrycks and Dietterich 2019, <c>glass_blur</c>): blur, floor8; then, from the last row and column to the first,
/// every pixel takes the colour of one at an offset of -d..d-1; then blur, floor8. The reference means to swap the two pixels, but its
/// arrays alias, so that it copies; so does this.
/// </summary>
public sealed class GlassBlur : Corruption
{
    // Weights sum to 1 only up to rounding, and a flat image must stay what it is.
    private const float Margin = 1e-4f;

    private readonly GlassBlurParameters _parameters;
    private readonly float[] _kernel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public GlassBlur(CorruptionId id, GlassBlurParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Reach, 1, 4);
        Guard.InRange(parameters.Passes, 1, 10);
        _parameters = parameters;
        _kernel = GaussianFilter.TruncatedKernel(Guard.InRange(parameters.Sigma, 0.01, 20), 4);
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table((0.05, 1, 1), (0.25, 1, 1), (0.4, 1, 1), (0.25, 1, 2), (0.4, 1, 2));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table((0.7, 1, 2), (0.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        Blur(source, destination, shape, scratch);
        var draws = scratch.Take<uint>(2 * shape.Width);
        for (var pass = 0; pass < _parameters.Passes; pass++)
            Shuffle(destination, shape, ref random, draws);
        Blur(destination, destination, shape, scratch);
    }

    private static CorruptionKind Table(params (double Sigma, int Reach, int Passes)[] table) => CorruptionKind.Scaled(
        "glass_blur",
        18,
        (id, parameters, _) => new GlassBlur(id, parameters),
        [.. table.Select(entry => new GlassBlurParameters { Sigma = entry.Sigma, Reach = entry.Reach, Passes = entry.Passes })]);

    private void Blur(ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, CorruptionScratch scratch)
    {
        var plane = PaddedPlane.Of(source, shape, 3, Margins.All(_kernel.Length / 2), Border.Replicate, scratch);
        var blurred = scratch.Take<float>(source.Length);
        GaussianFilter.Blur(plane, shape, _kernel, blurred, scratch);
        Pixels.Floor8(blurred, destination, Margin);
    }

    private void Shuffle(Span<byte> image, ImageShape shape, ref CounterRandom random, Span<uint> draws)
    {
        var reach = _parameters.Reach;
        for (var y = shape.Height - reach; y > reach; y--)
        {
            random.Fill(draws);
            for (var x = shape.Width - reach; x > reach; x--)
            {
                var fromX = x + Offset(draws[2 * x - 2], reach);
                var fromY = y + Offset(draws[2 * x - 1], reach);
                image.Slice(3 * ((fromY * shape.Width) + fromX), 3).CopyTo(image[(3 * ((y * shape.Width) + x))..]);
            }
        }
    }

    // Uniform in -reach..reach-1.
    private static int Offset(uint draw, int reach) => (int)(((ulong)draw * (uint)(2 * reach)) >> 32) - reach;
}
