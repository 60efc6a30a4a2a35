using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="TransverseChromaticAberration"/>.</summary>
public sealed record TransverseChromaticAberrationParameters
{
    /// <summary>How much more than the first channel the last is enlarged, 0 to 10. Default .05 (CIFAR-10-C-bar, severity 1).</summary>
    public double Zoom { get; init; } = 0.05;
}

/// <summary>
/// A lens that enlarges colours differently (Mintun, Kirillov and Xie 2021, <c>TransverseChromaticAbberation</c> in
/// imagenet_c_bar/corrupt.py): the channels, in random order, enlarged to 1, 1 + z/2 and 1 + z, and cut to the middle. As with
/// scipy.ndimage.zoom(prefilter=False) n pixels become m = round(n z), corners on corners, and out(k) = sum over i of in(i) B(k (n-1)/(m-1) - i)
/// with B the cubic B-spline, which softens all three; the image is mirrored at its edge pixels; nearest byte.
/// </summary>
public sealed class TransverseChromaticAberration : Corruption
{
    // Sixths of bytes often end in a half: it goes up, whatever floats make of it.
    private const float Half = 0.5f + 1e-4f;

    private readonly double[] _zooms;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public TransverseChromaticAberration(CorruptionId id, TransverseChromaticAberrationParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var zoom = Guard.InRange(parameters.Zoom, 0, 10);
        _zooms = [1, 1 + (zoom / 2), 1 + zoom];
    }

    /// <summary>
    /// The line of the CIFAR-10-C-bar set, whose file has this spelling: zooms .05 s of the reference's severities s = 1, 2, 5, 9, 10.
    /// </summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "transverse_chromatic_abberation",
        36,
        (id, parameters, _) => new TransverseChromaticAberration(id, parameters),
        [.. new[] { 0.05, 0.1, 0.25, 0.45, 0.5 }.Select(zoom => new TransverseChromaticAberrationParameters { Zoom = zoom })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        Span<int> order = [0, 1, 2];
        random.Shuffle(order);
        Zoom(source, destination, shape, order, scratch);
    }

    /// <summary>Enlarges channel after channel.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes, apart from the source.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="order">Which zoom each channel gets, 0 to 2.</param>
    /// <param name="scratch">Buffers.</param>
    internal void Zoom(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ReadOnlySpan<int> order, CorruptionScratch scratch)
    {
        var axes = scratch.Table(this, shape, static (self, image) =>
            self._zooms.Select(zoom => (Down: new Axis(image.Height, zoom), Across: new Axis(image.Width, zoom))).ToArray());
        var row = scratch.Take<float>(shape.Width);
        var stride = 3 * shape.Width;
        for (var channel = 0; channel < 3; channel++)
        {
            var (down, across) = axes[order[channel]];
            for (var y = 0; y < shape.Height; y++)
            {
                var rows = down.Places.AsSpan(4 * y, 4);
                var weights = down.Weights.AsSpan(4 * y, 4);
                var (a, b, c, d) = (rows[0] * stride, rows[1] * stride, rows[2] * stride, rows[3] * stride);
                for (var (x, i) = (0, channel); x < row.Length; x++, i += 3)
                    row[x] = (weights[0] * source[a + i]) + (weights[1] * source[b + i]) + (weights[2] * source[c + i]) + (weights[3] * source[d + i]);

                var output = destination.Slice(y * stride, stride);
                for (var x = 0; x < row.Length; x++)
                {
                    var places = across.Places.AsSpan(4 * x, 4);
                    var taps = across.Weights.AsSpan(4 * x, 4);
                    output[(3 * x) + channel] = Pixels.Floor8(
                        (taps[0] * row[places[0]]) + (taps[1] * row[places[1]]) + (taps[2] * row[places[2]]) + (taps[3] * row[places[3]]) + Half);
                }
            }
        }
    }

    // Four pixels and their weights for each of the n in the middle of the enlarged ones.
    private sealed class Axis
    {
        public Axis(int length, double zoom)
        {
            (Places, Weights) = (new int[4 * length], new float[4 * length]);
            var enlarged = (int)Math.Round(length * zoom);
            var edge = (enlarged - length) / 2;
            for (var i = 0; i < length; i++)
            {
                var place = (i + edge) * (length - 1.0) / (enlarged - 1.0);
                var first = (int)Math.Floor(place);
                for (var tap = 0; tap < 4; tap++)
                {
                    Places[(4 * i) + tap] = Border.Reflect101.Index(first - 1 + tap, length);
                    Weights[(4 * i) + tap] = (float)SplineImage.Basis(Math.Abs(place - (first - 1 + tap)));
                }
            }
        }

        public int[] Places { get; }

        public float[] Weights { get; }
    }
}
