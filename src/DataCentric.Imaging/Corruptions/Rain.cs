using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Rain"/>. The defaults are imgaug 0.4.0's <c>Rain(speed=0.3)</c>, as in the paper's code.</summary>
public sealed record RainParameters
{
    /// <summary>Chance that a cell of the layer holds a drop, 0 to 1. Default .03 to .14.</summary>
    public Interval Density { get; init; } = new(0.03, 0.14);

    /// <summary>How evenly drops fall over the image, 0 to 1. Default .8 to 1.</summary>
    public Interval Uniformity { get; init; } = new(0.8, 1);

    /// <summary>Size of a drop, 0 to 1. Default .01 to .02.</summary>
    public Interval Size { get; init; } = new(0.01, 0.02);

    /// <summary>Degrees from the vertical, -180 to 180. Default -15 to 15.</summary>
    public Interval Angle { get; init; } = new(-15, 15);

    /// <summary>Length of a streak as a share of the longer side, 0 to 1. Default .3.</summary>
    public double Speed { get; init; } = 0.3;

    /// <summary>Most layers; each image gets 1 to this many, 1 to 10. Default 3.</summary>
    public int MaxLayers { get; init; } = 3;
}

/// <summary>Streaks of rain (imgaug 0.4.0, <c>Rain</c>): layers of falling drops, blurred along their way, blended in light grey.</summary>
public sealed class Rain : Corruption
{
    private const float Strength = 1.3f / 255f;

    private readonly RainParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Rain(CorruptionId id, RainParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Density, 0, 1);
        Guard.InRange(parameters.Uniformity, 0, 1);
        Guard.InRange(parameters.Size, 0, 1);
        Guard.InRange(parameters.Angle, -180, 180);
        Guard.InRange(parameters.Speed, 0, 1);
        Guard.InRange(parameters.MaxLayers, 1, 10);
        _parameters = parameters;
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "rain",
        1,
        (id, parameters, _) => new Rain(id, parameters),
        new RainParameters(),
        [.. new Interval[] { new(0.01, 0.05), new(0.02, 0.09), new(0.03, 0.14), new(0.05, 0.2), new(0.08, 0.28) }
            .Select(value => new RainParameters { Density = value })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var image = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, image);
        for (var layers = 1 + random.Below(_parameters.MaxLayers); layers > 0; layers--)
        {
            var mark = scratch.Remember();
            var map = FallingParticles.Draw(
                shape, _parameters.Size.Draw(ref random), _parameters.Density, _parameters.Uniformity, ref random, scratch);
            FallingParticles.Streak(map, shape, _parameters.Speed, _parameters.Angle.Draw(ref random), scratch);
            Blend(image, map, scratch);
            scratch.Release(mark);
        }

        Pixels.Floor8(image, destination);
    }

    // a = clip(1.3 m / 255, 0, 1); out = floor8((1 - a) in + a c).
    private static void Blend(Span<float> image, ReadOnlySpan<float> map, CorruptionScratch scratch)
    {
        var colour = Colour(map);
        var drops = scratch.Take<float>(image.Length);
        Pixels.Triple(map, drops);
        var values = MemoryMarshal.Cast<float, Vector256<float>>(image);
        var masks = MemoryMarshal.Cast<float, Vector256<float>>(drops);
        for (var i = 0; i < values.Length; i++)
        {
            var alpha = Vector256.MinNative(masks[i] * Strength, Vector256<float>.One);
            values[i] = Pixels.Floor8(((Vector256<float>.One - alpha) * values[i]) + (alpha * colour));
        }

        for (var i = values.Length * Vector256<float>.Count; i < image.Length; i++)
        {
            var alpha = Math.Min(drops[i] * Strength, 1f);
            image[i] = Pixels.Floor8(((1 - alpha) * image[i]) + (alpha * colour));
        }
    }

    // c = 110 + (130 mod S), S the sum of the first 1000 values of the map repeated for three channels, 1 if that is 0.
    private static float Colour(ReadOnlySpan<float> map)
    {
        const int Counted = 1000 / 3;
        var sum = 0f;
        foreach (var value in map[..int.Min(Counted, map.Length)])
            sum += 3 * value;
        if (map.Length > Counted)
            sum += map[Counted];
        return 110 + (130 % Math.Max(sum, 1));
    }
}
