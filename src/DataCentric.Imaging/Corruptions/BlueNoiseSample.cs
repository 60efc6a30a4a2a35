using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="BlueNoiseSample"/>.</summary>
public sealed record BlueNoiseSampleParameters
{
    /// <summary>Noise up to here, in deviations, turns a pixel black, -10 to 10. Default -2.29 (CIFAR-10-C-bar, severity 1).</summary>
    public double Threshold { get; init; } = -2.29;
}

/// <summary>
/// Black pixels that keep their distance from each other (Mintun, Kirillov and Xie 2021, <c>BlueNoiseSample</c> in
/// imagenet_c_bar/corrupt.py): out = 0 where noise of power |f|, see <see cref="SpectralNoise"/>, is not above a threshold; else in.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class BlueNoiseSample(CorruptionId id, BlueNoiseSampleParameters parameters) : Corruption(id)
{
    private static readonly SpectralNoise Noise = new(distance => distance);

    private readonly float _threshold = (float)Guard.InRange(parameters?.Threshold, -10, 10);

    /// <summary>The line of the CIFAR-10-C-bar set: thresholds .3 s - 2.5 of the reference's severities s = .7, 1.4, 2.1, 3.5, 4.2.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "blue_noise_sample",
        27,
        (id, parameters, _) => new BlueNoiseSample(id, parameters),
        [.. new[] { -2.29, -2.08, -1.87, -1.45, -1.24 }.Select(threshold => new BlueNoiseSampleParameters { Threshold = threshold })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var noise = Noise.Draw(shape, ref random, scratch);
        source.CopyTo(destination);
        for (var i = 0; i < noise.Length; i++)
        {
            if (noise[i] <= _threshold)
                destination.Slice(3 * i, 3).Clear();
        }
    }
}
