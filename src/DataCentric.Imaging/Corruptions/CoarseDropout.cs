using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>
/// Sets single values to 0 (imgaug 0.4.0, <c>CoarseDropout(.075, size_percent=1., per_channel=1.)</c>). A mask of 100 % of the
/// image's size is not coarse at all, so every channel of every pixel is drawn by itself.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class CoarseDropout(CorruptionId id, DropoutParameters parameters) : Corruption(id)
{
    private readonly uint _limit = Hits.Limit(Guard.InRange(parameters?.Chance, 0, 1));

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "coarse_dropout",
        6,
        (id, parameters, _) => new CoarseDropout(id, parameters),
        new DropoutParameters(),
        [.. new[] { 0.025, 0.05, 0.075, 0.125, 0.2 }.Select(value => new DropoutParameters { Chance = value })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var draws = scratch.Take<uint>(source.Length);
        random.Fill(draws);
        source.CopyTo(destination);
        var places = scratch.Take<int>(draws.Length);
        foreach (var place in places[..Hits.Find(draws, _limit, places)])
            destination[place] = 0;
    }
}
