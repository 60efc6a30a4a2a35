using static TorchSharp.torch;

namespace DataCentric.Adversarial.Models;

/// <summary>What is attacked: takes pixels in [0, 1], gives logits through which gradients pass. Not thread-safe.</summary>
internal interface IClassifier : IDisposable
{
    /// <summary>Where it computes.</summary>
    Device Device { get; }

    /// <summary>Most images that go through it together.</summary>
    /// <param name="shape">Shape of the images.</param>
    int MostTogether(ImageShape shape);

    /// <summary>The format in which it computes gradients.</summary>
    /// <param name="precision">What is asked for.</param>
    ScalarType FormatFor(GradientPrecision precision);

    /// <summary>Classifies.</summary>
    /// <param name="pixels">(N, 3, H, W) in [0, 1], float32.</param>
    /// <param name="format">One that <see cref="FormatFor"/> gives.</param>
    /// <returns>Logits (N, K), float32.</returns>
    Tensor Logits(Tensor pixels, ScalarType format = ScalarType.Float32);
}
