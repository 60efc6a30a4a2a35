using System.Numerics;
using DataCentric.Images;

namespace DataCentric.Attacks;

/// <summary>How often networks that were made for small images halve a large one before their first layer.</summary>
public static class StemHalvings
{
    private const int SmallSide = 32; // of CIFAR, which the networks were designed for

    /// <summary>
    /// One halving for each doubling of the shorter side beyond 32: none below 64 pixels, one from 64 on, two from 128 on (224 becomes 56, as in
    /// the stems of ImageNet networks). So a large image costs a few times what a small one does, not fifty times.
    /// </summary>
    /// <param name="shape">Shape of the images.</param>
    public static int Of(ImageShape shape) => BitOperations.Log2((uint)(Math.Min(shape.Height, shape.Width) / SmallSide));

    /// <summary>Halvings of the largest images.</summary>
    public static int Most { get; } = Of(new(ImageShape.MaxSide, ImageShape.MaxSide));

    /// <summary>What hashes of everything that weights depend on take in besides; nothing where images are not halved, so that those stay as they were.</summary>
    /// <param name="shape">Shape of the training images.</param>
    public static string InKey(ImageShape shape) => Of(shape) is > 0 and var halvings ? $"|stem {halvings}" : "";
}
