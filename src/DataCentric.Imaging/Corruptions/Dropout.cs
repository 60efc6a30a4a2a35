using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Dropout"/> and <see cref="CoarseDropout"/>.</summary>
public sealed record DropoutParameters
{
    /// <summary>Chance that a pixel, or a value, is set to 0; 0 to 1. Default .075 (the paper's code).</summary>
    public double Chance { get; init; } = 0.075;
}

/// <summary>Sets single pixels to black (imgaug 0.4.0, <c>Dropout(p=.075)</c>): all three channels of a pixel together.</summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Dropout(CorruptionId id, DropoutParameters parameters) : Corruption(id)
{
    private readonly uint _limit = Hits.Limit(Guard.InRange(parameters?.Chance, 0, 1));

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "dropout",
        5,
        (id, parameters, _) => new Dropout(id, parameters),
        new DropoutParameters(),
        [.. new[] { 0.025, 0.05, 0.075, 0.125, 0.2 }.Select(value => new DropoutParameters { Chance = value })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var draws = scratch.Take<uint>(shape.PixelCount);
        random.Fill(draws);
        source.CopyTo(destination);
        var places = scratch.Take<int>(draws.Length);
        foreach (var place in places[..Hits.Find(draws, _limit, places)])
            destination.Slice(3 * place, 3).Clear();
    }
}
