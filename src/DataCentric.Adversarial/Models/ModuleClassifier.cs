using static TorchSharp.torch;

namespace DataCentric.Adversarial.Models;

/// <summary>A module of a caller, as it is: in float32, all images together. It stays the caller's.</summary>
/// <param name="module">(N, 3, H, W) in [0, 1] to logits (N, K).</param>
/// <param name="device">Where its parameters lie.</param>
internal sealed class ModuleClassifier(nn.Module<Tensor, Tensor> module, Device device) : IClassifier
{
    public Device Device => device;

    public int MostTogether(ImageShape shape) => int.MaxValue;

    public ScalarType FormatFor(GradientPrecision precision) => ScalarType.Float32;

    public Tensor Logits(Tensor pixels, ScalarType format = ScalarType.Float32) => module.call(pixels);

    public void Dispose()
    {
    }
}
