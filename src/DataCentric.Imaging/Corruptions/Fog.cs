using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Fog"/>.</summary>
public sealed record FogParameters
{
    /// <summary>Thickness c of the fog, 0 to 10. Default .2 (CIFAR-10-C, severity 1).</summary>
    public double Thickness { get; init; } = 0.2;

    /// <summary>How fast the fog's fine structure falls off, 1 to 10: 1 is rough, 3 smooth. Default 3 (CIFAR-10-C, severity 1).</summary>
    public double Decay { get; init; } = 3;
}

/// <summary>
/// Fog (Hendrycks and Dietterich 2019, <c>fog</c>): with p a plasma fractal in 0..1 and m the largest value of the image,
/// out = floor8(255 (x + c p) m / (m + c)).
/// </summary>
public sealed class Fog : Corruption
{
    // A black image under no fog must stay black and a white one white.
    private const float Margin = 1e-4f;

    private readonly FogParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Fog(CorruptionId id, FogParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Thickness, 0, 10);
        Guard.InRange(parameters.Decay, 1, 10);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table((0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table((1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var most = 0;
        foreach (var value in source)
            most = int.Max(most, value);

        var side = Plasma.Side(shape);
        var plasma = scratch.Take<float>(side * side);
        Plasma.Fill(plasma, side, _parameters.Decay, ref random, scratch);
        var fog = scratch.Take<float>(shape.PixelCount);
        for (var y = 0; y < shape.Height; y++)
            plasma.Slice(y * side, shape.Width).CopyTo(fog[(y * shape.Width)..]);

        var values = scratch.Take<float>(source.Length);
        var veil = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, values);
        Pixels.Triple(fog, veil);
        var share = most == 0 ? 0 : most / (most + (255 * _parameters.Thickness));
        Pixels.Blend(values, (float)share, veil, (float)(share * 255 * _parameters.Thickness));
        Pixels.Floor8(values, destination, Margin);
    }

    private static CorruptionKind Table(params (double Thickness, double Decay)[] table) => CorruptionKind.Scaled(
        "fog",
        20,
        (id, parameters, _) => new Fog(id, parameters),
        [.. table.Select(entry => new FogParameters { Thickness = entry.Thickness, Decay = entry.Decay })]);
}
