using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="AugMix"/>. The defaults are those of the paper.</summary>
public sealed record AugMixParameters
{
    /// <summary>Strength of the operations, 1 to 10. Default 3.</summary>
    public int Strength { get; init; } = 3;

    /// <summary>Chains that are mixed, 1 to 10. Default 3.</summary>
    public int Width { get; init; } = 3;

    /// <summary>Most operations of a chain, 1 to 10. Default 3.</summary>
    public int Depth { get; init; } = 3;
}

/// <summary>
/// AugMix (Hendrycks et al. 2020, algorithm 1; <c>augment_and_mix.py</c> and <c>augmentations.py</c> of google-research/augmix): chains of 1 to 3 of nine operations that
/// are no kind of CIFAR-10-C (autocontrast, equalize, posterize, solarize, rotate, shear and translate in x and y), mixed with each other by weights of
/// Dirichlet(1, ..), and with the image by one of Beta(1, 1): round8((1 - m) image + m sum w_i chain_i). The operations are Pillow's, to the byte.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class AugMix(CorruptionId id, AugMixParameters parameters) : Corruption(id)
{
    private const int OperationCount = 9;

    private readonly int _strength = (int)Guard.InRange(parameters?.Strength, 1, 10);
    private readonly int _width = (int)Guard.InRange(parameters?.Width, 1, 10);
    private readonly int _depth = (int)Guard.InRange(parameters?.Depth, 1, 10);

    /// <summary>The line of the set of augmentations: severity 3 is the paper's strength.</summary>
    internal static CorruptionKind Augmentation { get; } = CorruptionKind.Scaled(
        "augmix", 37, (id, parameters, _) => new AugMix(id, parameters), [.. Enumerable.Range(1, 5).Select(strength => new AugMixParameters { Strength = strength })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var weights = scratch.Take<float>(_width);
        var sum = 0.0;
        foreach (ref var weight in weights) // Dirichlet(1, ..): exponential draws, divided by their sum
            sum += weight = (float)-Math.Log(1 - random.NextDouble());
        var share = random.NextDouble(); // Beta(1, 1)

        var mixed = scratch.Take<float>(source.Length);
        var chain = scratch.Take<byte>(source.Length);
        var other = scratch.Take<byte>(source.Length);
        Add(source, mixed, 1 - share, isFirst: true);
        foreach (var weight in weights)
        {
            source.CopyTo(chain);
            for (var left = 1 + random.Below(_depth); left > 0; left--)
                Operate(chain, other, shape, ref random);
            Add(chain, mixed, share * weight / sum, isFirst: false);
        }

        Pixels.Round8(mixed, destination);
    }

    private static void Add(ReadOnlySpan<byte> image, Span<float> sum, double weight, bool isFirst)
    {
        var factor = (float)weight;
        for (var i = 0; i < image.Length; i++)
            sum[i] = (isFirst ? 0 : sum[i]) + (factor * image[i]);
    }

    /// <summary>One of the operations, as strong as drawn: up to 10 of 10 of rotating by 30 degrees, shearing by .3, translating by a third of the side.</summary>
    private void Operate(Span<byte> image, Span<byte> other, ImageShape shape, ref CounterRandom random)
    {
        var operation = random.Below(OperationCount);
        if (operation == 0)
        {
            PillowOperations.AutoContrast(image);
            return;
        }

        if (operation == 1)
        {
            PillowOperations.Equalize(image);
            return;
        }

        var level = random.Uniform(0.1, _strength) / 10;
        if (operation == 2)
        {
            PillowOperations.Posterize(image, 4 - (int)(4 * level));
            return;
        }

        if (operation == 3)
        {
            PillowOperations.Solarize(image, 256 - (int)(256 * level));
            return;
        }

        var sign = random.Chance(0.5) ? -1 : 1;
        var map = operation switch
        {
            4 => AffineCoefficients.Rotation(sign * (int)(30 * level), shape),
            5 => new(1, sign * 0.3 * level, 0, 0, 1, 0),
            6 => new(1, 0, 0, sign * 0.3 * level, 1, 0),
            7 => new(1, 0, sign * (int)(shape.Width / 3.0 * level), 0, 1, 0),
            _ => new AffineCoefficients(1, 0, 0, 0, 1, sign * (int)(shape.Height / 3.0 * level)),
        };
        PillowOperations.Transform(image, other, shape, map);
        other.CopyTo(image);
    }
}
