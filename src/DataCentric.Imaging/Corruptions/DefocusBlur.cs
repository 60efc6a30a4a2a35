using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="DefocusBlur"/>.</summary>
public sealed record DefocusBlurParameters
{
    /// <summary>Radius of the disk in pixels, 0 to 32. Default .3 (CIFAR-10-C, severity 1).</summary>
    public double Radius { get; init; } = 0.3;

    /// <summary>Deviation of the blur that softens the disk's edge, .01 to 10. Default .4 (CIFAR-10-C, severity 1).</summary>
    public double Softness { get; init; } = 0.4;
}

/// <summary>
/// A lens out of focus (Hendrycks and Dietterich 2019, <c>defocus_blur</c>): correlation with a disk x^2 + y^2 &lt;= r^2, divided by
/// its sum and softened by a Gaussian of 3 x 3 taps (5 x 5 above radius 8); mirrored borders; floor8. No randomness.
/// </summary>
public sealed class DefocusBlur : Corruption
{
    // Weights below this change no byte, and would be multiplied as slow subnormal numbers.
    private const float LeastWeight = 1e-9f;

    private readonly float _margin;
    private readonly int _reach;
    private readonly (int Row, int Column)[] _places;
    private readonly float[] _weights;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public DefocusBlur(CorruptionId id, DefocusBlurParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var kernel = Disk(Guard.InRange(parameters.Radius, 0, 32), Guard.InRange(parameters.Softness, 0.01, 10), out var side);
        var middle = side / 2;
        var taps = Enumerable.Range(0, kernel.Length).Where(place => kernel[place] > LeastWeight).ToArray();
        _places = [.. taps.Select(place => ((place / side) - middle, (place % side) - middle))];
        _weights = [.. taps.Select(place => kernel[place])];
        _margin = SparseFilter.FlatMargin(_weights);
        _reach = _places.Max(place => int.Max(Math.Abs(place.Row), Math.Abs(place.Column)));
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table((0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table((3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var plane = PaddedPlane.Of(source, shape, 3, Margins.All(_reach), Border.Reflect101, scratch);
        var offsets = scratch.Take<int>(_places.Length);
        for (var tap = 0; tap < offsets.Length; tap++)
            offsets[tap] = plane.Offset(_places[tap].Row, _places[tap].Column);
        var length = shape.Width * 3;
        var row = scratch.Take<float>(length);
        for (var y = 0; y < shape.Height; y++)
        {
            SparseFilter.Row(plane.Values, plane.Origin + (y * plane.Stride), offsets, _weights, row);
            Pixels.Floor8(row, destination.Slice(y * length, length), _margin);
        }
    }

    private static CorruptionKind Table(params (double Radius, double Softness)[] table) => CorruptionKind.Scaled(
        "defocus_blur",
        17,
        (id, parameters, _) => new DefocusBlur(id, parameters),
        [.. table.Select(entry => new DefocusBlurParameters { Radius = entry.Radius, Softness = entry.Softness })]);

    // The disk lies on a grid of 17 x 17 (above radius 8: as large as the disk) whose borders are mirrored when it is softened.
    private static float[] Disk(double radius, double softness, out int side)
    {
        var half = radius <= 8 ? 8 : (int)Math.Ceiling(radius);
        side = (2 * half) + 1;
        var disk = new float[side * side];
        for (var place = 0; place < disk.Length; place++)
        {
            var (y, x) = ((place / side) - half, (place % side) - half);
            disk[place] = (x * x) + (y * y) <= radius * radius ? 1 : 0;
        }

        var inside = disk.Sum();
        for (var place = 0; place < disk.Length; place++)
            disk[place] /= inside;

        var scratch = new CorruptionScratch();
        var shape = new ImageShape(side, side);
        var edge = radius <= 8 ? 1 : 2;
        var plane = PaddedPlane.Of(disk, shape, 1, Margins.All(edge), Border.Reflect101, scratch);
        GaussianFilter.Blur(plane, shape, GaussianFilter.Kernel(softness, edge), disk, scratch);
        return disk;
    }
}
