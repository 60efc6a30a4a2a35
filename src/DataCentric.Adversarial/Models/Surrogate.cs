using DataCentric.Adversarial.Networks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Models;

/// <summary>A frozen network together with the normalisation it was trained with: takes pixels in [0, 1]. Not thread-safe.</summary>
internal sealed class Surrogate : IClassifier
{
    private const int LargeTogether = 16;

    private readonly Network _network;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;
    private ScalarType _format = ScalarType.Float32;

    /// <summary>Freezes a network.</summary>
    /// <param name="network">The network; disposed with the surrogate.</param>
    /// <param name="statistics">Its normalisation.</param>
    public Surrogate(Network network, ChannelStatistics statistics)
    {
        _network = network;
        network.Enter(Phase.Frozen);
        _mean = tensor(statistics.Mean, [1, ImageShape.Channels, 1, 1], device: network.Device).DetachFromDisposeScope();
        _deviation = tensor(statistics.Deviation, [1, ImageShape.Channels, 1, 1], device: network.Device).DetachFromDisposeScope();
    }

    /// <summary>Where it computes.</summary>
    public Device Device => _network.Device;

    /// <summary>
    /// Most images that go through the network together: all, but for ImageNet networks on the processor, whose maps take 50 to 200 MB for an image of
    /// 224 x 224, as many as have the pixels of 16 such images.
    /// </summary>
    /// <param name="shape">Shape of the images.</param>
    public int MostTogether(ImageShape shape) => _network.Architecture.Published is { } published && Device.type == TorchSharp.DeviceType.CPU
        ? Math.Max(1, LargeTogether * published.Shape.PixelCount / shape.PixelCount)
        : int.MaxValue;

    /// <summary>The format in which this surrogate computes gradients; by itself the faster one (<see cref="Network.IsFasterInBfloat16"/>).</summary>
    /// <param name="precision">What is asked for.</param>
    public ScalarType FormatFor(GradientPrecision precision) => precision switch
    {
        GradientPrecision.Float32 => ScalarType.Float32,
        GradientPrecision.Bfloat16 => ScalarType.BFloat16,
        _ => _network.IsFasterInBfloat16 ? ScalarType.BFloat16 : ScalarType.Float32,
    };

    /// <summary>Classifies.</summary>
    /// <param name="pixels">(N, 3, H, W) in [0, 1], float32.</param>
    /// <param name="format">Format of everything between normalisation and the last layer, float32 or bfloat16.</param>
    /// <returns>Logits (N, K), float32.</returns>
    public Tensor Logits(Tensor pixels, ScalarType format = ScalarType.Float32)
    {
        if (format != _format)
            _network.Enter(Phase.Frozen, _format = format);
        var normalized = (pixels - _mean).div_(_deviation);
        return _network.Forward(format == ScalarType.Float32 ? normalized : normalized.to(format));
    }

    public void Dispose()
    {
        _network.Dispose();
        _mean.Dispose();
        _deviation.Dispose();
    }
}
