using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Lines"/>.</summary>
public sealed record LinesParameters
{
    /// <summary>Lines for each pixel of the mean of both sides, rounded down, 0 to 10. Default .05 (CIFAR-10-C-bar, severity 1).</summary>
    public double Density { get; init; } = 0.05;

    /// <summary>Direction of the lines of an image in degrees, -360 to 360. Default 0 to 360.</summary>
    public Interval Angle { get; init; } = new(0, 360);

    /// <summary>Width of the range that directions of an image are drawn from, in turns, 0 to 1. Default .1 to 1.</summary>
    public Interval Variation { get; init; } = new(0.1, 1);
}

/// <summary>
/// Thin grey lines across the image (Mintun, Kirillov and Xie 2021, <c>Lines</c> in imagenet_c_bar/corrupt.py): a line goes through a random
/// point, the longer side to either way, and covers a pixel to a share c, see <see cref="SmoothLine"/>: in = floor8(in + c (128 - in)).
/// </summary>
public sealed class Lines : Corruption
{
    private readonly LinesParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Lines(CorruptionId id, LinesParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Density, 0, 10);
        Guard.InRange(parameters.Angle, -360, 360);
        Guard.InRange(parameters.Variation, 0, 1);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: densities .1 s of the reference's severities s = .5, 1, 1.5, 2, 2.5.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "lines",
        34,
        (id, parameters, _) => new Lines(id, parameters),
        [.. new[] { 0.05, 0.1, 0.15, 0.2, 0.25 }.Select(density => new LinesParameters { Density = density })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        const float Grey = 128;
        source.CopyTo(destination);
        var (angle, variation) = (_parameters.Angle.Draw(ref random) / 360, _parameters.Variation.Draw(ref random));

        // Random lines cross any image over pi H W / (2 (H + W)) pixels on average, so that any shape is covered as much as a square.
        var count = (int)(_parameters.Density * (shape.Height + shape.Width) / 2);
        var reach = int.Max(shape.Height, shape.Width);
        for (; count > 0; count--)
        {
            var (y, x) = (random.Uniform(0, shape.Height), random.Uniform(0, shape.Width));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * (angle + (variation * random.Uniform(-0.5, 0.5))));
            var line = new SmoothLine(
                (int)(y - (cosine * reach)), (int)(x - (sine * reach)), (int)(y + (cosine * reach)), (int)(x + (sine * reach)));
            while (line.Next(out var place, out var cover))
            {
                if ((uint)place.Y >= (uint)shape.Height || (uint)place.X >= (uint)shape.Width)
                    continue;
                foreach (ref var value in destination.Slice(3 * ((place.Y * shape.Width) + place.X), 3))
                    value = Pixels.Floor8(value + ((float)cover * (Grey - value)));
            }
        }
    }
}
