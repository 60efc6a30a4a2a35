using System.Runtime.Intrinsics;
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
        var i = 0;
        for (; i <= source.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var hits = Vector256.Narrow(
                Vector256.Narrow(Hit(draws[i..]), Hit(draws[(i + 8)..])), Vector256.Narrow(Hit(draws[(i + 16)..]), Hit(draws[(i + 24)..])));
            Vector256.AndNot(Vector256.Create(source[i..]), hits).CopyTo(destination[i..]);
        }

        for (; i < source.Length; i++)
            destination[i] = draws[i] < _limit ? (byte)0 : source[i];
    }

    // All bits of those of eight draws that are below the limit.
    private Vector256<uint> Hit(ReadOnlySpan<uint> draws) => Vector256.LessThan(Vector256.Create(draws), Vector256.Create(_limit));
}
