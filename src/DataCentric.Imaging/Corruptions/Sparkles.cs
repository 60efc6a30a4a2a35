using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Sparkles"/>.</summary>
public sealed record SparklesParameters
{
    /// <summary>Number of sparkles, 1 to 100. Default 5.</summary>
    public int Count { get; init; } = 5;

    /// <summary>Mean length of a ray as a share of the shorter side, 0 to 1; at least a pixel. Default .007 (CIFAR-10-C-bar, severity 1).</summary>
    public double Radius { get; init; } = 0.007;

    /// <summary>Deviation of the length as a share of the radius, 0 to 1. Default .25.</summary>
    public double Randomness { get; init; } = 0.25;

    /// <summary>Rays of a sparkle, 1 to 1000. Default 50 to 199.</summary>
    public (int Fewest, int Most) Rays { get; init; } = (50, 199);

    /// <summary>Where sparkles lie, as a share of each side, -1 to 2. Default 0 to 1.</summary>
    public Interval Centre { get; init; } = new(0, 1);
}

/// <summary>
/// Points that send out rays of white light (Mintun, Kirillov and Xie 2021, <c>Sparkles</c> in imagenet_c_bar/corrupt.py): for each in turn
/// in = in + f (255 - in), f of <see cref="Rays"/> with e = 1; floor8 at the end.
/// </summary>
public sealed class Sparkles : Corruption
{
    private readonly SparklesParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Sparkles(CorruptionId id, SparklesParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Count, 1, 100);
        Guard.InRange(parameters.Radius, 0, 1);
        Guard.InRange(parameters.Randomness, 0, 1);
        Guard.InRange(parameters.Rays.Fewest, 1, parameters.Rays.Most);
        Guard.InRange(parameters.Rays.Most, 1, 1000);
        Guard.InRange(parameters.Centre, -1, 2);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: radii .01 s of the reference's severities s = .7, 3.5, 5.6, 6.3, 7.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "sparkles",
        35,
        (id, parameters, _) => new Sparkles(id, parameters),
        [.. new[] { 0.007, 0.035, 0.056, 0.063, 0.07 }.Select(radius => new SparklesParameters { Radius = radius })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var image = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, image);
        var light = scratch.Take<float>(shape.PixelCount);
        var radius = _parameters.Radius * int.Min(shape.Height, shape.Width);
        for (var sparkle = 0; sparkle < _parameters.Count; sparkle++)
        {
            var mark = scratch.Remember();
            var centre = (shape.Height * _parameters.Centre.Draw(ref random), shape.Width * _parameters.Centre.Draw(ref random));
            var count = _parameters.Rays.Fewest + random.Below(1 + _parameters.Rays.Most - _parameters.Rays.Fewest);
            var rays = Rays.Draw(count, radius, _parameters.Randomness * radius, ref random, scratch);
            foreach (ref var ray in rays)
                ray = Math.Max(ray, 1);
            Rays.Shine(shape, centre, rays, 1, light, scratch);
            for (var i = 0; i < image.Length; i++)
                image[i] += light[i / 3] * (255 - image[i]);
            scratch.Release(mark);
        }

        Pixels.Floor8(image, destination);
    }
}
