using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="InverseSparkles"/>.</summary>
public sealed record InverseSparklesParameters
{
    /// <summary>How fast the image fades with the distance: e, 0 to 10. Default .13 (CIFAR-10-C-bar, severity 1).</summary>
    public double Exponent { get; init; } = 0.13;

    /// <summary>Mean length of a ray as a share of the shorter side, .001 to 10. Default .25.</summary>
    public double Radius { get; init; } = 0.25;

    /// <summary>Deviation of the length as a share of the radius, 0 to 1. Default .25.</summary>
    public double Randomness { get; init; } = 0.25;

    /// <summary>Number of rays, 1 to 1000. Default 50 to 199.</summary>
    public (int Fewest, int Most) Rays { get; init; } = (50, 199);

    /// <summary>Where the rays begin, as a share of each side, -1 to 2. Default .25 to .75.</summary>
    public Interval Centre { get; init; } = new(0.25, 0.75);
}

/// <summary>
/// The image is seen in rays that go out from a point, and fades to white (Mintun, Kirillov and Xie 2021, <c>InverseSparkles</c> in
/// imagenet_c_bar/corrupt.py): out = floor8(255 + f (in - 255)), f of <see cref="Rays"/>.
/// </summary>
public sealed class InverseSparkles : Corruption
{
    // What is not faded stays what it is.
    private const float Margin = 1e-4f;

    private readonly InverseSparklesParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public InverseSparkles(CorruptionId id, InverseSparklesParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Exponent, 0, 10);
        Guard.InRange(parameters.Radius, 0.001, 10);
        Guard.InRange(parameters.Randomness, 0, 1);
        Guard.InRange(parameters.Rays.Fewest, 1, parameters.Rays.Most);
        Guard.InRange(parameters.Rays.Most, 1, 1000);
        Guard.InRange(parameters.Centre, -1, 2);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: exponents .13 s of the reference's severities s = 1, 1.5, 2.5, 4.5, 5.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "inverse_sparkles",
        29,
        (id, parameters, _) => new InverseSparkles(id, parameters),
        [.. new[] { 0.13, 0.195, 0.325, 0.585, 0.65 }.Select(exponent => new InverseSparklesParameters { Exponent = exponent })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var centre = (shape.Height * _parameters.Centre.Draw(ref random), shape.Width * _parameters.Centre.Draw(ref random));
        var count = _parameters.Rays.Fewest + random.Below(1 + _parameters.Rays.Most - _parameters.Rays.Fewest);
        var radius = _parameters.Radius * int.Min(shape.Height, shape.Width);
        var rays = Rays.Draw(count, radius, _parameters.Randomness * radius, ref random, scratch);
        var light = scratch.Take<float>(shape.PixelCount);
        Rays.Shine(shape, centre, rays, _parameters.Exponent, light, scratch);

        var image = scratch.Take<float>(source.Length);
        for (var i = 0; i < image.Length; i++)
            image[i] = 255 + (light[i / 3] * (source[i] - 255));
        Pixels.Floor8(image, destination, Margin);
    }
}
