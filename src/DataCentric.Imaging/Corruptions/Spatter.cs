using System.Numerics.Tensors;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Spatter"/>. The defaults are CIFAR-10-C's severity 1.</summary>
public sealed record SpatterParameters
{
    /// <summary>Mean of the noise that drops are made from, 0 to 2. Default .62.</summary>
    public double Location { get; init; } = 0.62;

    /// <summary>Deviation of that noise, 0 to 2. Default .1.</summary>
    public double Scale { get; init; } = 0.1;

    /// <summary>Deviation of its blur in pixels, .1 to 20. Default .7.</summary>
    public double Sigma { get; init; } = 0.7;

    /// <summary>Noise below this is not a drop, 0 to 1. Default .7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>Strength of water, or deviation in pixels of the blur of mud, .1 to 20. Default .5.</summary>
    public double Strength { get; init; } = 0.5;

    /// <summary>Whether the drops are mud instead of water. Default water.</summary>
    public bool Mud { get; init; }
}

/// <summary>
/// Drops of water or mud on the lens (Hendrycks and Dietterich 2019, <c>spatter</c>). Layer L: normal noise, blurred, cut at a
/// threshold. Water: L times its <see cref="DropRelief"/>, scaled to the strength, adds (175, 238, 238). Mud: where L is above the
/// threshold, blurred, cut below .8: m; in (1 - m) + (63, 42, 20) m. Then floor8.
/// </summary>
public sealed class Spatter : Corruption
{
    // A pixel without a drop must stay what it is.
    private const float Margin = 1e-4f;

    private const float LeastMud = 0.8f;

    private static readonly float[] Water = [175, 238, 238];
    private static readonly float[] Earth = [63, 42, 20];

    private readonly SpatterParameters _parameters;
    private readonly float[] _kernel;
    private readonly float[] _mudKernel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Spatter(CorruptionId id, SpatterParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Location, 0, 2);
        Guard.InRange(parameters.Scale, 0, 2);
        Guard.InRange(parameters.Threshold, 0, 1);
        _kernel = GaussianFilter.TruncatedKernel(Guard.InRange(parameters.Sigma, 0.1, 20), 4);
        _mudKernel = GaussianFilter.TruncatedKernel(Guard.InRange(parameters.Strength, 0.1, 20), 4);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(
        (0.62, 0.1, 0.7, 0.7, 0.5, false),
        (0.65, 0.1, 0.8, 0.7, 0.5, false),
        (0.65, 0.3, 1, 0.69, 0.5, false),
        (0.65, 0.1, 0.7, 0.69, 0.6, true),
        (0.65, 0.1, 0.5, 0.68, 0.6, true));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(
        (0.65, 0.3, 4, 0.69, 0.6, false),
        (0.65, 0.3, 3, 0.68, 0.6, false),
        (0.65, 0.3, 2, 0.68, 0.5, false),
        (0.65, 0.3, 1, 0.65, 1.5, true),
        (0.67, 0.4, 1, 0.65, 1.5, true));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var layer = scratch.Take<float>(shape.PixelCount);
        Normals.Fill(ref random, layer, (float)_parameters.Location, (float)_parameters.Scale, scratch);
        Blur(layer, shape, _kernel, scratch);
        var threshold = (float)_parameters.Threshold;
        if (_parameters.Mud)
        {
            Pixels.Above(layer, threshold);
            Blur(layer, shape, _mudKernel, scratch);
            Pixels.CutBelow(layer, LeastMud);
            Blend(source, destination, layer, shape, true, Earth, scratch);
            return;
        }

        var levels = scratch.Take<byte>(layer.Length);
        Pixels.CutBelow(layer, threshold);
        TensorPrimitives.Multiply(layer, 255, layer);
        Pixels.Floor8(layer, levels);
        var relief = scratch.Take<byte>(layer.Length);
        DropRelief.Fill(levels, relief, shape, scratch);

        // Products of levels are whole numbers, exact in floats.
        var light = scratch.Take<float>(layer.Length);
        Pixels.ToFloat(levels, layer);
        Pixels.ToFloat(relief, light);
        TensorPrimitives.Multiply(layer, light, layer);
        var most = TensorPrimitives.Max(layer);
        TensorPrimitives.Multiply(layer, (float)_parameters.Strength, layer);
        TensorPrimitives.Divide(layer, Math.Max(most, 1), layer);
        Blend(source, destination, layer, shape, false, Water, scratch);
    }

    private static CorruptionKind Table(
        params (double Location, double Scale, double Sigma, double Threshold, double Strength, bool Mud)[] table) => CorruptionKind.Scaled(
        "spatter",
        26,
        (id, parameters, _) => new Spatter(id, parameters),
        [.. table.Select(entry => new SpatterParameters
        {
            Location = entry.Location,
            Scale = entry.Scale,
            Sigma = entry.Sigma,
            Threshold = entry.Threshold,
            Strength = entry.Strength,
            Mud = entry.Mud,
        })]);

    private static void Blur(Span<float> layer, ImageShape shape, float[] kernel, CorruptionScratch scratch)
    {
        var plane = PaddedPlane.Of(layer, shape, 1, Margins.All(kernel.Length / 2), Border.Replicate, scratch);
        GaussianFilter.Blur(plane, shape, kernel, layer, scratch);
    }

    // in (1 - m) + colour m where m covers the image, in + colour m where it does not.
    private static void Blend(
        ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<float> mask, ImageShape shape, bool covers, ReadOnlySpan<float> colour, CorruptionScratch scratch)
    {
        var length = shape.Width * 3;
        var image = scratch.Take<float>(length);
        var masks = scratch.Take<float>(length);
        var shares = scratch.Take<float>(length);
        var colours = scratch.Take<float>(length);
        for (var i = 0; i < length; i++)
            colours[i] = colour[i % 3];
        for (var y = 0; y < shape.Height; y++)
        {
            Pixels.ToFloat(source.Slice(y * length, length), image);
            Pixels.Triple(mask.Slice(y * shape.Width, shape.Width), masks);
            if (covers)
            {
                TensorPrimitives.Subtract(1, masks, shares);
                TensorPrimitives.Multiply(image, shares, image);
            }

            TensorPrimitives.Multiply(masks, colours, masks);
            TensorPrimitives.Add(image, masks, image);
            Pixels.Floor8(image, destination.Slice(y * length, length), Margin);
        }
    }
}
