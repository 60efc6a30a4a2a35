using System.Numerics.Tensors;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="ElasticTransform"/>, all in sides of the image (its height) so that they fit any size.</summary>
public sealed record ElasticTransformParameters
{
    /// <summary>Amplitude: what the smoothed noise is multiplied by, in sides, 0 to 10. Default 0 (CIFAR-10-C, severity 1).</summary>
    public double Alpha { get; init; }

    /// <summary>Deviation of the smoothing in sides, 0 to 1; 0 leaves the noise as it is. Default 0.</summary>
    public double Sigma { get; init; }

    /// <summary>Farthest that an anchor of the affine map is moved, in sides, 0 to .2; 0 leaves the map out. Default .08.</summary>
    public double Affine { get; init; } = 0.08;
}

/// <summary>
/// Elastic transform (Hendrycks and Dietterich 2019, <c>elastic_transform</c>): a random affine map (CIFAR-10-C only; three anchors
/// moved by U(-a, a)), then out(x, y) = in(x + dx, y + dy) with dx, dy = alpha times uniform noise in -1..1, smoothed; linear
/// between pixels, mirrored borders; floor8.
/// </summary>
public sealed class ElasticTransform : Corruption
{
    // A flat image must stay what it is.
    private const float Margin = 1e-4f;

    private readonly ElasticTransformParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public ElasticTransform(CorruptionId id, ElasticTransformParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Alpha, 0, 10);
        Guard.InRange(parameters.Sigma, 0, 1);
        Guard.InRange(parameters.Affine, 0, 0.2);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } =
        Table((0, 0, 0.08), (0.05, 0.2, 0.07), (0.08, 0.06, 0.06), (0.1, 0.04, 0.05), (0.1, 0.03, 0.03));

    /// <summary>The line of the ImageNet-C set: alpha = 250 k on noise of .005 sides, sigma .01 sides, no affine map.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(
        (250 * 0.05 * 0.005, 0.01, 0),
        (250 * 0.065 * 0.005, 0.01, 0),
        (250 * 0.085 * 0.005, 0.01, 0),
        (250 * 0.1 * 0.005, 0.01, 0),
        (250 * 0.12 * 0.005, 0.01, 0));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        // Sampling reads and writes four floats for a pixel.
        var image = scratch.TakeZeroed<float>(source.Length + 1);
        Pixels.ToFloat(source, image);
        if (_parameters.Affine > 0)
        {
            var mapped = scratch.Take<float>(source.Length + 1);
            AffineMap.Random(shape, _parameters.Affine * int.Min(shape.Height, shape.Width), ref random).Apply(image, mapped, shape, scratch);
            image = mapped;
        }

        if (_parameters.Alpha > 0)
        {
            var right = Shifts(shape, ref random, scratch);
            var down = Shifts(shape, ref random, scratch);
            var moved = scratch.Take<float>(source.Length + 1);
            for (var y = 0; y < shape.Height; y++)
            {
                var ys = down.Slice(y * shape.Width, shape.Width);
                var xs = right.Slice(y * shape.Width, shape.Width);
                TensorPrimitives.Add(ys, y, ys);
                for (var x = 0; x < xs.Length; x++)
                    xs[x] += x;
                LinearSample.Pixels(image, shape, ys, xs, Border.Reflect, moved[(3 * y * shape.Width)..]);
            }

            image = moved;
        }

        Pixels.Floor8(image[..source.Length], destination, Margin);
    }

    private static CorruptionKind Table(params (double Alpha, double Sigma, double Affine)[] table) => CorruptionKind.Scaled(
        "elastic_transform",
        23,
        (id, parameters, _) => new ElasticTransform(id, parameters),
        [.. table.Select(entry => new ElasticTransformParameters { Alpha = entry.Alpha, Sigma = entry.Sigma, Affine = entry.Affine })]);

    private Span<float> Shifts(ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var (down, across) = scratch.Table(this, shape, static (self, image) => Tuple.Create(
            GaussianFilter.TruncatedKernel(self._parameters.Sigma * image.Height, 3),
            GaussianFilter.TruncatedKernel(self._parameters.Sigma * image.Width, 3)));
        var draws = scratch.Take<uint>(shape.PixelCount);
        random.Fill(draws);
        var noise = scratch.Take<float>(shape.PixelCount);
        Uniforms.Symmetric(draws, (float)(_parameters.Alpha * shape.Height), noise);
        var margin = int.Max(down.Length, across.Length) / 2;
        GaussianFilter.Blur(
            PaddedPlane.Of(noise, shape, 1, Margins.All(margin), Border.Reflect, scratch), shape, down, across, noise, scratch);
        return noise;
    }
}
