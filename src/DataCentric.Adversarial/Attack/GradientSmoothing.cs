using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// Gradient smoothing (eq. 2; translation invariance, Dong et al. 2019): every channel is convolved with a 5x5 Gaussian, zero-padded.
/// As in the seed the kernel is the standard normal density at -3, -1.5, 0, 1.5, 3, normalised: a deviation of 2/3 pixel.
/// </summary>
internal sealed class GradientSmoothing : IDisposable
{
    private const int Side = 5;
    private const double Reach = 3;

    private readonly Tensor _kernel;

    /// <summary>Makes the kernel.</summary>
    /// <param name="device">Where the gradients lie; the processor where none is given.</param>
    public GradientSmoothing(Device? device = null)
    {
        var line = Line();
        var square = Enumerable.Range(0, ImageShape.Channels * Side * Side)
            .Select(i => (float)(line[i / Side % Side] * line[i % Side])).ToArray();
        _kernel = tensor(square, [ImageShape.Channels, 1, Side, Side], device: device).DetachFromDisposeScope();
    }

    /// <summary>Weights of the one-dimensional kernel; the square one is its outer product.</summary>
    public static double[] Line()
    {
        var densities = Enumerable.Range(0, Side).Select(i => Math.Exp(-0.5 * Math.Pow(Reach * ((2.0 * i / (Side - 1)) - 1), 2))).ToArray();
        return [.. densities.Select(density => density / densities.Sum())];
    }

    /// <summary>Smooths.</summary>
    /// <param name="gradient">(N, 3, H, W).</param>
    public Tensor Apply(Tensor gradient) => functional.conv2d(gradient, _kernel, padding: [Side / 2, Side / 2], groups: ImageShape.Channels);

    public void Dispose() => _kernel.Dispose();
}
