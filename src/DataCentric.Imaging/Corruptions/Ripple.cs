using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Ripple"/>.</summary>
public sealed record RippleParameters
{
    /// <summary>Largest shift as a share of the shorter side, 0 to 1. Default .01375 (CIFAR-10-C-bar, severity 1).</summary>
    public double Amplitude { get; init; } = 0.01375;

    /// <summary>Wavelength in each direction as a share of the shorter side, .001 to 100. Default .1 to .3.</summary>
    public Interval Wavelength { get; init; } = new(0.1, 0.3);

    /// <summary>Phase in each direction in degrees, -360 to 360. Default 0 to 360.</summary>
    public Interval Phase { get; init; } = new(0, 360);
}

/// <summary>
/// A surface with ripples (Mintun, Kirillov and Xie 2021, <c>Ripple</c> in imagenet_c_bar/corrupt.py): out(y, x) = floor8(in(y + A sin(2 pi y /
/// l + p), x + A sin(2 pi x / m + q))), linear between pixels, 0 outside.
/// </summary>
public sealed class Ripple : Corruption
{
    // Weights sum to 1 only up to rounding, and a constant image must stay what it is.
    private const float Margin = 1e-4f;

    private readonly RippleParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Ripple(CorruptionId id, RippleParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Amplitude, 0, 1);
        Guard.InRange(parameters.Wavelength, 0.001, 100);
        Guard.InRange(parameters.Phase, -360, 360);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: amplitudes .0025 s of the reference's severities s = 5.5, 6, 6.5, 7.5, 8.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "ripple",
        31,
        (id, parameters, _) => new Ripple(id, parameters),
        [.. new[] { 0.01375, 0.015, 0.01625, 0.01875, 0.02 }.Select(amplitude => new RippleParameters { Amplitude = amplitude })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var side = int.Min(shape.Height, shape.Width);
        var rows = scratch.Take<Place>(shape.Height);
        var columns = scratch.Take<Place>(shape.Width);
        Fill(rows, side, ref random);
        Fill(columns, side, ref random);

        var stride = 3 * shape.Width;
        var row = scratch.Take<float>(stride);
        var output = scratch.Take<float>(stride);
        for (var y = 0; y < shape.Height; y++)
        {
            var (first, a, second, b) = rows[y];
            var upper = source.Slice(first * stride, stride);
            var lower = source.Slice(second * stride, stride);
            for (var i = 0; i < row.Length; i++)
                row[i] = (a * upper[i]) + (b * lower[i]);
            for (var x = 0; x < columns.Length; x++)
            {
                var (left, c, right, d) = columns[x];
                for (var channel = 0; channel < 3; channel++)
                    output[(3 * x) + channel] = (c * row[(3 * left) + channel]) + (d * row[(3 * right) + channel]);
            }

            Pixels.Floor8(output, destination.Slice(y * stride, stride), Margin);
        }
    }

    private void Fill(Span<Place> places, int side, ref CounterRandom random)
    {
        var frequency = 2 * Math.PI / (side * _parameters.Wavelength.Draw(ref random));
        var phase = Math.PI / 180 * _parameters.Phase.Draw(ref random);
        for (var i = 0; i < places.Length; i++)
            places[i] = Place.At(i + (side * _parameters.Amplitude * Math.Sin((i * frequency) + phase)), places.Length);
    }

    // Two neighbours and their weights; outside the weight is 0.
    private readonly record struct Place(int First, float A, int Second, float B)
    {
        public static Place At(double place, int length)
        {
            var first = (int)Math.Floor(place);
            var (a, b) = ((float)(1 - place + first), (float)(place - first));
            var last = length - 1;
            return new(
                Math.Clamp(first, 0, last), (uint)first <= (uint)last ? a : 0, Math.Clamp(first + 1, 0, last), (uint)(first + 1) <= (uint)last ? b : 0);
        }
    }
}
