using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>
/// Parameters of <see cref="Snowflakes"/>. The defaults are imgaug 0.4.0's <c>Snowflakes(flake_size=.3, speed=.01)</c>, as in the
/// paper's code.
/// </summary>
public sealed record SnowflakesParameters
{
    /// <summary>Chance that a cell of the layer holds a flake, 0 to 1. Default .005 to .075.</summary>
    public Interval Density { get; init; } = new(0.005, 0.075);

    /// <summary>How evenly flakes fall over the image, 0 to 1. Default .3 to .9.</summary>
    public Interval Uniformity { get; init; } = new(0.3, 0.9);

    /// <summary>Size of a flake, 0 to 1. Default .3.</summary>
    public double Size { get; init; } = 0.3;

    /// <summary>How alike flakes are in size, 0 to 1. Default .4 to .8.</summary>
    public Interval SizeUniformity { get; init; } = new(0.4, 0.8);

    /// <summary>Degrees from the vertical, -180 to 180. Default -30 to 30.</summary>
    public Interval Angle { get; init; } = new(-30, 30);

    /// <summary>Length of a streak as a share of the longer side, 0 to 1; also how bright flakes are. Default .01.</summary>
    public double Speed { get; init; } = 0.01;

    /// <summary>
    /// Deviation of the blur as a share of the longer side, 0 to 1; the result is kept in .5 to 3.75 pixels. Default .0001 to .001.
    /// </summary>
    public Interval Blur { get; init; } = new(0.0001, 0.001);

    /// <summary>Most layers; each image gets 1 to this many, 1 to 10. Default 3.</summary>
    public int MaxLayers { get; init; } = 3;
}

/// <summary>Single flakes of snow (imgaug 0.4.0, <c>Snowflakes</c>).</summary>
public sealed class Snowflakes : Corruption
{
    // log(m / 255); a power of 0 is 0.
    private static readonly double[] Logarithms = [.. Enumerable.Range(0, 256).Select(m => Math.Log(m / 255.0))];

    private readonly SnowflakesParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Snowflakes(CorruptionId id, SnowflakesParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Density, 0, 1);
        Guard.InRange(parameters.Uniformity, 0, 1);
        Guard.InRange(parameters.Size, 0, 1);
        Guard.InRange(parameters.SizeUniformity, 0, 1);
        Guard.InRange(parameters.Angle, -180, 180);
        Guard.InRange(parameters.Speed, 0, 1);
        Guard.InRange(parameters.Blur, 0, 1);
        Guard.InRange(parameters.MaxLayers, 1, 10);
        _parameters = parameters;
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "snowflakes",
        7,
        (id, parameters, _) => new Snowflakes(id, parameters),
        new SnowflakesParameters(),
        [.. new Interval[] { new(0.002, 0.025), new(0.003, 0.05), new(0.005, 0.075), new(0.01, 0.12), new(0.02, 0.18) }
            .Select(value => new SnowflakesParameters { Density = value })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var image = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, image);
        var side = int.Max(shape.Height, shape.Width);
        for (var layers = 1 + random.Below(_parameters.MaxLayers); layers > 0; layers--)
        {
            var mark = scratch.Remember();
            var map = FallingParticles.Draw(
                shape, _parameters.Size, _parameters.Density, _parameters.Uniformity, ref random, scratch);
            Soften(map, shape, Math.Clamp(side * _parameters.Blur.Draw(ref random), 0.5, 3.75), scratch);
            FallingParticles.Streak(map, shape, _parameters.Speed, _parameters.Angle.Draw(ref random), scratch);
            Blend(image, map, _parameters.SizeUniformity.Draw(ref random), scratch);
            scratch.Release(mark);
        }

        Pixels.Floor8(image, destination);
    }

    private static void Soften(Span<float> map, ImageShape shape, double sigma, CorruptionScratch scratch)
    {
        var kernel = scratch.Take<float>((2 * GaussianFilter.ImgaugRadius(sigma)) + 1);
        GaussianFilter.FillByteKernel(sigma, kernel);
        var plane = PaddedPlane.Of(map, shape, 1, Margins.All(kernel.Length / 2), Border.Reflect101, scratch);
        GaussianFilter.Blur(plane, shape, kernel, map, scratch);
        var whole = MemoryMarshal.Cast<float, Vector256<float>>(map);
        foreach (ref var value in whole)
            value = Vector256.Floor(value + Vector256.Create(0.5f));
        foreach (ref var value in map[(whole.Length * Vector256<float>.Count)..])
            value = MathF.Floor(value + 0.5f);
    }

    // f = floor(255 (m/255)^(1 + 2(1-u))) (1 + 5(1-u)); in = floor8(in + (0.1 + 20v) f); out = floor8(max(in, (1 + 20v) f)).
    private void Blend(Span<float> image, Span<float> map, double uniformity, CorruptionScratch scratch)
    {
        var brightness = scratch.Take<float>(256);
        for (var value = 0; value < 256; value++)
            brightness[value] = (float)(Math.Floor(255 * Math.Exp((3 - (2 * uniformity)) * Logarithms[value])) * (6 - (5 * uniformity)));
        Pixels.LookUp(map, brightness);
        var flakes = scratch.Take<float>(image.Length);
        Pixels.Triple(map, flakes);

        var (added, most) = ((float)(0.1 + (20 * _parameters.Speed)), (float)(1 + (20 * _parameters.Speed)));
        var values = MemoryMarshal.Cast<float, Vector256<float>>(image);
        var lights = MemoryMarshal.Cast<float, Vector256<float>>(flakes);
        for (var i = 0; i < values.Length; i++)
            values[i] = Pixels.Floor8(Vector256.MaxNative(Pixels.Floor8(values[i] + (added * lights[i])), most * lights[i]));
        for (var i = values.Length * Vector256<float>.Count; i < image.Length; i++)
            image[i] = Pixels.Floor8(Math.Max(Pixels.Floor8(image[i] + (added * flakes[i])), most * flakes[i]));
    }
}
