using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Jpeg"/>.</summary>
public sealed record JpegParameters
{
    /// <summary>
    /// Quality, 1 to 100: the tables of the standard's annex K times 5000/q % (below 50) or 200 - 2q %. Default 31, which is what
    /// imgaug's <c>JpegCompression(70)</c> means: round(1 + 99 (1 - 70/101)).
    /// </summary>
    public int Quality { get; init; } = 31;
}

/// <summary>Baseline JPEG and back, chroma at half resolution (imgaug 0.4.0, <c>JpegCompression(70)</c>). No randomness.</summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Jpeg(CorruptionId id, JpegParameters parameters) : Corruption(id)
{
    private static readonly object BufferOwner = new();

    private readonly JpegQuantization _luma = JpegQuantization.OfLuma((int)Guard.InRange(parameters?.Quality, 1, 100));
    private readonly JpegQuantization _chroma = JpegQuantization.OfChroma(parameters!.Quality);

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "jpeg",
        13,
        (id, parameters, _) => new Jpeg(id, parameters),
        new JpegParameters(),
        [.. new[] { 60, 45, 31, 20, 12 }.Select(value => new JpegParameters { Quality = value })]);

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(80, 65, 58, 50, 40);

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(25, 18, 15, 10, 7);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        scratch.Table(BufferOwner, shape, static (_, image) => new JpegRoundTrip(image)).Apply(source, destination, _luma, _chroma);
    }

    private static CorruptionKind Table(params int[] qualities) => CorruptionKind.Scaled(
        "jpeg_compression",
        24,
        (id, parameters, _) => new Jpeg(id, parameters),
        [.. qualities.Select(quality => new JpegParameters { Quality = quality })]);
}
