using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="GaussianNoise"/>.</summary>
public sealed record GaussianNoiseParameters
{
    /// <summary>Deviation in levels of 1/255, 0.01 to 255. Default 15 (the paper's code).</summary>
    public double Deviation { get; init; } = 15;

    /// <summary>Whether the noise is rounded to whole levels (imgaug), or cut off after it is added (CIFAR-10-C). Default rounded.</summary>
    public bool Rounded { get; init; } = true;
}

/// <summary>
/// Normal noise on every value by itself. imgaug 0.4.0, <c>AdditiveGaussianNoise(scale=15, per_channel=True)</c>: clip(in + round(n)).
/// Hendrycks and Dietterich 2019, <c>gaussian_noise</c>: floor8(in + n).
/// </summary>
public sealed class GaussianNoise : Corruption
{
    private readonly Lazy<ByteChannel> _channel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public GaussianNoise(CorruptionId id, GaussianNoiseParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var deviation = Guard.InRange(parameters.Deviation, 0.01, 255);

        // round(n) <= k where n < k + 1/2; floor(n) <= k where n < k + 1.
        var bound = parameters.Rounded ? 0.5 : 1;
        _channel = new(() => ByteChannel.Additive(k => NormalDistribution.Cumulative((k + bound) / deviation)));
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "gaussian_noise",
        8,
        (id, parameters, _) => new GaussianNoise(id, parameters),
        new GaussianNoiseParameters(),
        [.. new[] { 5.0, 10, 15, 22, 30 }.Select(value => new GaussianNoiseParameters { Deviation = value })]);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.04, 0.06, 0.08, 0.09, 0.10);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.08, 0.12, 0.18, 0.26, 0.38);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch) =>
        _channel.Value.Apply(source, destination, ref random, scratch);

    private static CorruptionKind Table(params double[] deviations) => CorruptionKind.Scaled(
        "gaussian_noise",
        8,
        (id, parameters, _) => new GaussianNoise(id, parameters),
        [.. deviations.Select(deviation => new GaussianNoiseParameters { Deviation = 255 * deviation, Rounded = false })]);
}
