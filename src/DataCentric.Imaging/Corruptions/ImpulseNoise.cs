using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="ImpulseNoise"/>.</summary>
public sealed record ImpulseNoiseParameters
{
    /// <summary>Chance that a value is replaced, 0 to 1. Default .01 (CIFAR-10-C, severity 1).</summary>
    public double Chance { get; init; } = 0.01;
}

/// <summary>
/// Salt and pepper (Hendrycks and Dietterich 2019, <c>impulse_noise</c>): every value by itself becomes 0 or 255, each with half the
/// chance.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class ImpulseNoise(CorruptionId id, ImpulseNoiseParameters parameters) : Corruption(id)
{
    private readonly uint _limit = Hits.Limit(Guard.InRange(parameters?.Chance, 0, 1));

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(0.01, 0.02, 0.03, 0.05, 0.07);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(0.03, 0.06, 0.09, 0.17, 0.27);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        source.CopyTo(destination);
        var draws = scratch.Take<uint>(source.Length);
        random.Fill(draws);
        var places = scratch.Take<int>(source.Length);

        // Below the limit, the lower half of the draws makes pepper and the upper half salt.
        foreach (var place in places[..Hits.Find(draws, _limit, places)])
            destination[place] = draws[place] < _limit / 2 ? (byte)0 : (byte)255;
    }

    private static CorruptionKind Table(params double[] chances) => CorruptionKind.Scaled(
        "impulse_noise",
        16,
        (id, parameters, _) => new ImpulseNoise(id, parameters),
        [.. chances.Select(chance => new ImpulseNoiseParameters { Chance = chance })]);
}
