using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="CheckerboardCutout"/>.</summary>
public sealed record CheckerboardCutoutParameters
{
    /// <summary>Chance that a black square of the board is cut out, 0 to 1. Default .1 (CIFAR-10-C-bar, severity 1).</summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>Side of a square as a share of the image's shorter side, .001 to 10; at least a pixel. Default .1 to .25.</summary>
    public Interval Square { get; init; } = new(0.1, 0.25);

    /// <summary>Direction of the board in degrees, -360 to 360. Default 0 to 360.</summary>
    public Interval Angle { get; init; } = new(0, 360);
}

/// <summary>
/// Grey squares of a turned checkerboard about the first pixel (Mintun, Kirillov and Xie 2021, <c>CheckerBoardCutOut</c> in
/// imagenet_c_bar/corrupt.py): out = 128 where u = (y cos a + x sin a) / s and v = (x cos a - y sin a) / s have floors both even or both
/// odd and the square is drawn; else in. Squares that differ in the sign of a coordinate below 1 are drawn as one, as in the reference.
/// </summary>
public sealed class CheckerboardCutout : Corruption
{
    private readonly CheckerboardCutoutParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public CheckerboardCutout(CorruptionId id, CheckerboardCutoutParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Fraction, 0, 1);
        Guard.InRange(parameters.Square, 0.001, 10);
        Guard.InRange(parameters.Angle, -360, 360);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: fractions .1 s of the reference's severities s = 1, 2, 3, 4, 5.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "checkerboard_cutout",
        28,
        (id, parameters, _) => new CheckerboardCutout(id, parameters),
        [.. new[] { 0.1, 0.2, 0.3, 0.4, 0.5 }.Select(fraction => new CheckerboardCutoutParameters { Fraction = fraction })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        const byte Grey = 128;
        var (sine, cosine) = Math.SinCos(Math.PI / 180 * _parameters.Angle.Draw(ref random));
        var square = Math.Max(_parameters.Square.Draw(ref random) * int.Min(shape.Height, shape.Width), 1);
        var (du, dv) = (sine / square, cosine / square);
        var u = new Axis(shape.Height - 1, dv, shape.Width - 1, du);
        var v = new Axis(shape.Height - 1, -du, shape.Width - 1, dv);
        var cells = scratch.Take<uint>(u.Count * v.Count);
        random.Fill(cells);

        source.CopyTo(destination);
        var limit = (ulong)(_parameters.Fraction * (1L << 32));
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (across, down) = ((y * dv) + (x * du), (x * dv) - (y * du));
                if ((((int)Math.Floor(across) ^ (int)Math.Floor(down)) & 1) == 0
                    && cells[(((int)across - u.First) * v.Count) + (int)down - v.First] < limit)
                {
                    destination.Slice(3 * ((y * shape.Width) + x), 3).Fill(Grey);
                }
            }
        }
    }

    // The whole numbers that a coordinate takes over the image: y times one factor plus x times another.
    private readonly struct Axis
    {
        public Axis(int lastY, double perY, int lastX, double perX)
        {
            First = (int)(Math.Min(0, lastY * perY) + Math.Min(0, lastX * perX)) - 1;
            Count = (int)(Math.Max(0, lastY * perY) + Math.Max(0, lastX * perX)) + 2 - First;
        }

        public int First { get; }

        public int Count { get; }
    }
}
