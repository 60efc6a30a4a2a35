using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="SpeckleNoise"/>.</summary>
public sealed record SpeckleNoiseParameters
{
    /// <summary>Deviation as a share of the value, .001 to 10. Default .06 (CIFAR-10-C, severity 1).</summary>
    public double Deviation { get; init; } = 0.06;
}

/// <summary>Noise in proportion to the value (Hendrycks and Dietterich 2019, <c>speckle_noise</c>): floor8(in (1 + n)), n normal.</summary>
public sealed class SpeckleNoise : Corruption
{
    private readonly Lazy<ByteChannel> _channel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public SpeckleNoise(CorruptionId id, SpeckleNoiseParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var deviation = Guard.InRange(parameters.Deviation, 0.001, 10);
        _channel = new(() => new((input, row) => Fill(deviation, input, row)));
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.06, 0.1, 0.12, 0.16, 0.2);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.15, 0.2, 0.35, 0.45, 0.6);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch) =>
        _channel.Value.Apply(source, destination, ref random, scratch);

    private static CorruptionKind Table(params double[] deviations) => CorruptionKind.Scaled(
        "speckle_noise",
        25,
        (id, parameters, _) => new SpeckleNoise(id, parameters),
        [.. deviations.Select(deviation => new SpeckleNoiseParameters { Deviation = deviation })]);

    // out <= k where in (1 + n) < k + 1.
    private static void Fill(double deviation, int input, Span<double> row)
    {
        row.Clear();
        if (input == 0)
        {
            row[0] = 1;
            return;
        }

        var before = 0.0;
        for (var output = 0; output < row.Length; output++)
        {
            var upTo = output == 255 ? 1 : NormalDistribution.Cumulative((((output + 1.0) / input) - 1) / deviation);
            row[output] = upTo - before;
            before = upTo;
        }
    }
}
