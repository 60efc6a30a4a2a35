using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>In which colours k-means measures distance.</summary>
public enum KMeansColours
{
    /// <summary>RGB or Lab, each with chance 1/2 for each image (imgaug).</summary>
    Either,

    /// <summary>RGB.</summary>
    Rgb,

    /// <summary>8-bit Lab.</summary>
    Lab,
}

/// <summary>Parameters of <see cref="KMeans"/>. The defaults are the paper's code.</summary>
public sealed record KMeansParameters
{
    /// <summary>Number of colours, 2 to 64. Default 12.</summary>
    public int Colours { get; init; } = 12;

    /// <summary>In which colours distance is measured. Default either.</summary>
    public KMeansColours Space { get; init; } = KMeansColours.Either;

    /// <summary>A longer side than this is first reduced to it, and the result enlarged, both linearly; 8 to 1024. Default 128 (imgaug).</summary>
    public int MaxSide { get; init; } = 128;
}

/// <summary>
/// Few colours (imgaug 0.4.0, <c>KMeansColorQuantization(12)</c>): every pixel takes the colour of its k-means centre. An image of
/// no more pixels than colours is left alone. The same start sequence serves every image, as in the reference.
/// </summary>
public sealed class KMeans : Corruption
{
    private readonly KMeansParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public KMeans(CorruptionId id, KMeansParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Colours, 2, 64);
        Guard.InRange(parameters.MaxSide, 8, 1024);
        _parameters = parameters;
    }

    /// <summary>The line of the paper's set; the scale is our own, with the paper at severity 3.</summary>
    internal static CorruptionKind Paper { get; } = CorruptionKind.Exact(
        "kmeans",
        10,
        (id, parameters, _) => new KMeans(id, parameters),
        new KMeansParameters(),
        [.. new[] { 24, 16, 12, 8, 5 }.Select(value => new KMeansParameters { Colours = value })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var lab = _parameters.Space == KMeansColours.Lab || (_parameters.Space == KMeansColours.Either && random.Chance(0.5));
        var side = int.Max(shape.Height, shape.Width);
        if (side <= _parameters.MaxSide)
        {
            Quantize(source, destination, lab, scratch);
            return;
        }

        var factor = (double)_parameters.MaxSide / side;
        var small = new ImageShape(int.Max(1, (int)(shape.Height * factor)), int.Max(1, (int)(shape.Width * factor)));
        var reduced = scratch.Take<byte>(small.ByteLength);
        LinearResize.Resize(source, shape, reduced, small, scratch);
        var quantized = scratch.Take<byte>(small.ByteLength);
        Quantize(reduced, quantized, lab, scratch);
        LinearResize.Resize(quantized, small, destination, shape, scratch);
    }

    private void Quantize(ReadOnlySpan<byte> source, Span<byte> destination, bool lab, CorruptionScratch scratch)
    {
        var count = source.Length / 3;
        if (count <= _parameters.Colours)
        {
            source.CopyTo(destination);
            return;
        }

        var points = scratch.Take<float>(source.Length);
        for (var i = 0; i < count; i++)
        {
            var (a, b, c) = (source[3 * i], source[(3 * i) + 1], source[(3 * i) + 2]);
            (points[i], points[count + i], points[(2 * count) + i]) = lab ? Lab8.Of(a, b, c) : (a, b, c);
        }

        var labels = scratch.Take<int>(count);
        var centres = scratch.Take<float>(3 * _parameters.Colours);
        Clustering.Run(points, labels, centres, scratch);

        var palette = scratch.Take<byte>(3 * _parameters.Colours);
        for (var k = 0; k < palette.Length; k += 3)
        {
            var (a, b, c) = (Pixels.Floor8(centres[k]), Pixels.Floor8(centres[k + 1]), Pixels.Floor8(centres[k + 2]));
            (palette[k], palette[k + 1], palette[k + 2]) = lab ? Lab8.ToRgb(a, b, c) : (a, b, c);
        }

        for (var i = 0; i < count; i++)
        {
            var (from, to) = (3 * labels[i], 3 * i);
            (destination[to], destination[to + 1], destination[to + 2]) = (palette[from], palette[from + 1], palette[from + 2]);
        }
    }
}
