using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="BrownishNoise"/>.</summary>
public sealed record BrownishNoiseParameters
{
    /// <summary>Deviation in levels, 0 to 1000. Default 16 (CIFAR-10-C-bar, severity 1).</summary>
    public double Deviation { get; init; } = 16;
}

/// <summary>
/// Clouds of colour (Mintun, Kirillov and Xie 2021, <c>BrownishNoise</c> in imagenet_c_bar/corrupt.py): out = floor8(in + d n), n noise of
/// power 1 / (|f|^2 + 1) in each channel, see <see cref="SpectralNoise"/>.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class BrownishNoise(CorruptionId id, BrownishNoiseParameters parameters) : Corruption(id)
{
    private static readonly SpectralNoise Noise = new(distance => 1 / ((distance * distance) + 1));

    private readonly float _deviation = (float)Guard.InRange(parameters?.Deviation, 0, 1000);

    /// <summary>The line of the CIFAR-10-C-bar set: deviations 6.4 s of the reference's severities s = 2.5, 4, 5.5, 6.5, 7.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "brownish_noise",
        32,
        (id, parameters, _) => new BrownishNoise(id, parameters),
        [.. new[] { 16, 25.6, 35.2, 41.6, 44.8 }.Select(deviation => new BrownishNoiseParameters { Deviation = deviation })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var image = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, image);
        for (var channel = 0; channel < 3; channel++)
        {
            var mark = scratch.Remember();
            var noise = Noise.Draw(shape, ref random, scratch);
            for (var i = 0; i < noise.Length; i++)
                image[(3 * i) + channel] += _deviation * noise[i];
            scratch.Release(mark);
        }

        Pixels.Floor8(image, destination);
    }
}
