using System.Numerics.Tensors;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Snow"/>. The defaults are imagecorruptions' severity 2, as in the paper's code.</summary>
public sealed record SnowParameters
{
    /// <summary>Mean of the noise that flakes are made from, -10 to 10. Default .2.</summary>
    public double Location { get; init; } = 0.2;

    /// <summary>Deviation of that noise, 0 to 10. Default .3.</summary>
    public double Scale { get; init; } = 0.3;

    /// <summary>Enlargement of the noise, 1 to 8. Default 2.</summary>
    public double Zoom { get; init; } = 2;

    /// <summary>Noise below this is not a flake, -10 to 10. Default .5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Half the length of the motion blur in pixels, 1 to 100. Default 12.</summary>
    public int Radius { get; init; } = 12;

    /// <summary>Width of the motion blur in pixels, .1 to 100. Default 4.</summary>
    public double Sigma { get; init; } = 4;

    /// <summary>Share of the image against its whitened self, 0 to 1. Default .7.</summary>
    public double Mix { get; init; } = 0.7;

    /// <summary>
    /// CIFAR-10-C cuts the enlarged noise evenly on all sides and to bytes before it is blurred; imagecorruptions cuts it at the
    /// bottom and right, after the blur, and blurs floats. Default imagecorruptions.
    /// </summary>
    public bool CutFirst { get; init; }
}

/// <summary>
/// Driving snow (Hendrycks and Dietterich 2019, <c>snow</c>; imagecorruptions 1.1.2). Layer L: normal noise, its middle enlarged, cut
/// at a threshold, clipped to 0..1, motion-blurred at -135 to -45 degrees, made whole levels. x = mix x + (1-mix) max(x, 1.5 grey + .5),
/// grey = .299 R + .587 G + .114 B; out = floor8(255 clip(x + L + L turned by 180 degrees)).
/// </summary>
public sealed class Snow : Corruption
{
    private readonly SnowParameters _parameters;
    private readonly DirectionalBlur _blur;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Snow(CorruptionId id, SnowParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Location, -10, 10);
        Guard.InRange(parameters.Scale, 0, 10);
        Guard.InRange(parameters.Zoom, 1, 8);
        Guard.InRange(parameters.Threshold, -10, 10);
        Guard.InRange(parameters.Radius, 1, 100);
        Guard.InRange(parameters.Sigma, 0.1, 100);
        Guard.InRange(parameters.Mix, 0, 1);
        _parameters = parameters;
        _blur = new(parameters.Radius, parameters.Sigma);
    }

    /// <summary>The line of the paper's set; its severities are ImageNet-C's, which the paper's code calls.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact("snow", 2, Make, new SnowParameters(), ImageNetTable());

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = CorruptionKind.Scaled("snow", 2, Make, CifarTable());

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = CorruptionKind.Scaled("snow", 2, Make, ImageNetTable());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var zoom = scratch.Table(this, shape, static (snow, image) => new AlignedZoom(image, snow._parameters.Zoom));
        var noise = scratch.Take<float>(zoom.From.PixelCount);
        Normals.Fill(ref random, noise, (float)_parameters.Location, (float)_parameters.Scale, scratch);

        var layer = scratch.Take<float>(zoom.To.PixelCount);
        zoom.Apply(noise, layer, scratch);
        var threshold = (float)_parameters.Threshold;
        Pixels.CutBelow(layer, threshold);
        TensorPrimitives.Max(layer, 0, layer);
        TensorPrimitives.Min(layer, 1, layer);

        var frame = zoom.To;
        if (_parameters.CutFirst)
        {
            Cut(layer, zoom.To, shape);
            layer = layer[..shape.PixelCount];
            frame = shape;
        }

        var blurred = scratch.Take<float>(layer.Length);
        _blur.Apply(layer, frame, 1, random.Uniform(-135, -45), blurred, scratch);
        Blend(source, destination, shape, blurred, frame.Width, scratch);
    }

    // Keeps the middle, in whole levels.
    private static void Cut(Span<float> layer, ImageShape from, ImageShape to)
    {
        var (top, left) = ((from.Height - to.Height) / 2, (from.Width - to.Width) / 2);
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
                layer[(y * to.Width) + x] = MathF.Floor(255 * layer[((top + y) * from.Width) + left + x]) / 255;
        }
    }

    private static Snow Make(CorruptionId id, SnowParameters parameters, CorruptionOptions options) => new(id, parameters);

    private static SnowParameters[] CifarTable() => Table(
        true,
        (0.1, 0.2, 1, 0.6, 8, 3, 0.95),
        (0.1, 0.2, 1, 0.5, 10, 4, 0.9),
        (0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
        (0.25, 0.3, 2.25, 0.6, 12, 6, 0.85),
        (0.3, 0.3, 1.25, 0.65, 14, 12, 0.8));

    private static SnowParameters[] ImageNetTable() => Table(
        false,
        (0.1, 0.3, 3, 0.5, 10, 4, 0.8),
        (0.2, 0.3, 2, 0.5, 12, 4, 0.7),
        (0.55, 0.3, 4, 0.9, 12, 8, 0.7),
        (0.55, 0.3, 4.5, 0.85, 12, 8, 0.65),
        (0.55, 0.3, 2.5, 0.85, 12, 12, 0.55));

    private static SnowParameters[] Table(
        bool cutFirst,
        params (double Location, double Scale, double Zoom, double Threshold, int Radius, double Sigma, double Mix)[] table) =>
        [.. table.Select(entry => new SnowParameters
        {
            Location = entry.Location,
            Scale = entry.Scale,
            Zoom = entry.Zoom,
            Threshold = entry.Threshold,
            Radius = entry.Radius,
            Sigma = entry.Sigma,
            Mix = entry.Mix,
            CutFirst = cutFirst,
        })];

    private void Blend(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, Span<float> layer, int stride, CorruptionScratch scratch)
    {
        // To whole levels: imagecorruptions rounds, ImageMagick cuts off.
        const float Margin = 1e-4f;
        var shift = _parameters.CutFirst ? Margin - 0.5f : 0;
        TensorPrimitives.Multiply(layer, 255, layer);
        TensorPrimitives.Add(layer, shift, layer);
        Pixels.RoundInPlace(layer);
        var flakes = scratch.Take<float>(shape.PixelCount);
        for (var y = 0; y < shape.Height; y++)
        {
            var line = flakes.Slice(y * shape.Width, shape.Width);
            layer.Slice((shape.Height - 1 - y) * stride, shape.Width).CopyTo(line);
            line.Reverse();
            TensorPrimitives.Add(layer.Slice(y * stride, shape.Width), line, line);
        }

        var values = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, values);
        var whites = scratch.Take<float>(shape.PixelCount);
        Pixels.Grey(values, whites);
        TensorPrimitives.Multiply(whites, 1.5f, whites);
        TensorPrimitives.Add(whites, 127.5f, whites);
        var snow = scratch.Take<float>(source.Length);
        Pixels.Triple(flakes, snow);
        var white = scratch.Take<float>(source.Length);
        Pixels.Triple(whites, white);
        TensorPrimitives.Max(white, values, white);
        Pixels.Blend(values, (float)_parameters.Mix, white, (float)(1 - _parameters.Mix));
        TensorPrimitives.Add(values, snow, values);
        Pixels.Floor8(values, destination);
    }
}
