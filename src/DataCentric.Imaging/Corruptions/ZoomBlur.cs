using System.Numerics.Tensors;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="ZoomBlur"/>.</summary>
public sealed record ZoomBlurParameters
{
    /// <summary>From one zoom to the next, .001 to 1; the first is 1. Default .01 (CIFAR-10-C, severity 1).</summary>
    public double Step { get; init; } = 0.01;

    /// <summary>Number of zooms, 1 to 100. Default 7: up to 1.06.</summary>
    public int Count { get; init; } = 7;

    /// <summary>Whether the enlarged image is cut evenly (CIFAR-10-C) or at the bottom and right (imagecorruptions). Default evenly.</summary>
    public bool Centred { get; init; } = true;
}

/// <summary>
/// A camera moving on (Hendrycks and Dietterich 2019, <c>zoom_blur</c>): the mean of the image and of all its zooms, see
/// <see cref="AlignedZoom"/>; floor8. No randomness.
/// </summary>
public sealed class ZoomBlur : Corruption
{
    // Sums of floats: a flat image must stay what it is.
    private const float Margin = 1e-3f;

    private readonly ZoomBlurParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public ZoomBlur(CorruptionId id, ZoomBlurParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Step, 0.001, 1);
        Guard.InRange(parameters.Count, 1, 100);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = Table(true, (0.01, 7), (0.01, 12), (0.01, 16), (0.01, 21), (0.01, 26));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = Table(false, (0.01, 12), (0.01, 16), (0.02, 11), (0.02, 13), (0.03, 11));

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var zooms = scratch.Table(this, shape, static (self, image) => Enumerable.Range(0, self._parameters.Count)
            .Select(i => new AlignedZoom(image, 1 + (i * self._parameters.Step)))
            .ToArray());
        var image = scratch.Take<float>(source.Length);
        Pixels.ToFloat(source, image);
        var sum = scratch.Take<float>(shape.Width * 3);
        var buffers = scratch.Take<float>(2 * PixelRow.Length(shape.Width));
        var share = 1f / (zooms.Length + 1);
        for (var y = 0; y < shape.Height; y++)
        {
            image.Slice(y * sum.Length, sum.Length).CopyTo(sum);
            foreach (var zoom in zooms)
                zoom.AddRowTo(sum, image, shape, y, _parameters.Centred, buffers);
            TensorPrimitives.Multiply(sum, share, sum);
            Pixels.Floor8(sum, destination.Slice(y * sum.Length, sum.Length), Margin);
        }
    }

    private static CorruptionKind Table(bool centred, params (double Step, int Count)[] table) => CorruptionKind.Scaled(
        "zoom_blur",
        19,
        (id, parameters, _) => new ZoomBlur(id, parameters),
        [.. table.Select(entry => new ZoomBlurParameters { Step = entry.Step, Count = entry.Count, Centred = centred })]);
}
