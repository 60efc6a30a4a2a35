using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="ShotNoise"/>.</summary>
public sealed record ShotNoiseParameters
{
    /// <summary>Photons that a white value stands for, 1 to 500. Default 500 (CIFAR-10-C, severity 1).</summary>
    public int Photons { get; init; } = 500;
}

/// <summary>Photon noise (Hendrycks and Dietterich 2019, <c>shot_noise</c>): floor8(255 Poisson(c x) / c) of every value by itself.</summary>
public sealed class ShotNoise : Corruption
{
    private readonly Lazy<ByteChannel> _channel;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public ShotNoise(CorruptionId id, ShotNoiseParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var photons = (int)Guard.InRange(parameters.Photons, 1, 500);
        _channel = new(() => new((input, row) => Fill(photons, input, row)));
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(500, 250, 100, 75, 50);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(60, 25, 12, 5, 3);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch) =>
        _channel.Value.Apply(source, destination, ref random, scratch);

    private static CorruptionKind Table(params int[] photons) => CorruptionKind.Scaled(
        "shot_noise",
        15,
        (id, parameters, _) => new ShotNoise(id, parameters),
        [.. photons.Select(count => new ShotNoiseParameters { Photons = count })]);

    // P(k) = exp(-m) m^k / k!, m = photons x; counts so rare that they no longer change the sum go to white with what is left.
    private static void Fill(int photons, int input, Span<double> row)
    {
        row.Clear();
        var mean = input / 255.0 * photons;
        var (chance, left) = (Math.Exp(-mean), 1.0);
        for (var count = 0; count < photons; count++)
        {
            var taken = Math.Min(chance, left);
            row[(int)(255 * ((double)count / photons))] += taken;
            left -= taken;
            chance *= mean / (count + 1);
        }

        row[255] += left;
    }
}
