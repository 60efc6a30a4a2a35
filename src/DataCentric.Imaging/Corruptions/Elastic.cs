using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Elastic"/>. The defaults are the paper's code.</summary>
public sealed record ElasticParameters
{
    /// <summary>Largest shift in pixels before smoothing, 0 to 16. Default .625.</summary>
    public double Alpha { get; init; } = 0.625;

    /// <summary>Deviation of the smoothing of the shifts in pixels, .01 to 20. Default .25.</summary>
    public double Sigma { get; init; } = 0.25;

    /// <summary>How pixels are sampled. Default cubic.</summary>
    public ElasticSampling Sampling { get; init; } = ElasticSampling.Cubic;
}

/// <summary>
/// Every pixel is taken from a place shifted by alpha times smoothed uniform noise (imgaug 0.4.0,
/// <c>ElasticTransformation(alpha=.625, sigma=.25)</c>): out(x, y) = in(x - dx, y - dy), 0 outside, rounded.
/// </summary>
public sealed class Elastic : Corruption
{
    private readonly ElasticParameters _parameters;
    private readonly float[] _kernel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Elastic(CorruptionId id, ElasticParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Alpha, 0, 16);
        _parameters = parameters;
        var sigma = Guard.InRange(parameters.Sigma, 0.01, 20);
        _kernel = GaussianFilter.Kernel(sigma, GaussianFilter.ImgaugRadius(sigma));
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "elastic",
        9,
        (id, parameters, options) => new Elastic(id, parameters with { Sampling = options.ElasticSampling }),
        new ElasticParameters(),
        [.. new[] { 0.3, 0.45, 0.625, 0.9, 1.3 }.Select(alpha => new ElasticParameters { Alpha = alpha })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var right = Shifts(shape, ref random, scratch);
        var down = Shifts(shape, ref random, scratch);
        if (_parameters.Sampling == ElasticSampling.Nearest)
            Remap.Nearest(source, destination, shape, right, down);
        else
            Remap.Cubic(source, destination, shape, right, down, (int)Math.Ceiling(_parameters.Alpha), scratch);
    }

    // U(-1, 1) on a grid that is larger than the image by the kernel's radius, smoothed, times alpha.
    private Span<float> Shifts(ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var radius = _kernel.Length / 2;
        var grid = new ImageShape(shape.Height + (2 * radius), shape.Width + (2 * radius));
        var draws = scratch.Take<uint>(grid.PixelCount);
        random.Fill(draws);
        var noise = scratch.Take<float>(grid.PixelCount);
        Uniforms.Symmetric(draws, (float)_parameters.Alpha, noise);
        var shifts = scratch.Take<float>(shape.PixelCount);
        GaussianFilter.Blur(PaddedPlane.Wrap(noise, grid, 1, radius), shape, _kernel, shifts, scratch);
        return shifts;
    }
}
