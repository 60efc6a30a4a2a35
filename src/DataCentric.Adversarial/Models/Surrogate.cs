using DataCentric.Adversarial.Networks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Models;

/// <summary>A frozen network together with the normalisation it was trained with: takes pixels in [0, 1]. Not thread-safe.</summary>
internal sealed class Surrogate : IDisposable
{
    private readonly Network _network;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    /// <summary>Freezes a network.</summary>
    /// <param name="network">The network; disposed with the surrogate.</param>
    /// <param name="statistics">Its normalisation.</param>
    public Surrogate(Network network, ChannelStatistics statistics)
    {
        _network = network;
        network.Enter(Phase.Frozen);
        _mean = tensor(statistics.Mean, [1, ImageShape.Channels, 1, 1]).DetachFromDisposeScope();
        _deviation = tensor(statistics.Deviation, [1, ImageShape.Channels, 1, 1]).DetachFromDisposeScope();
    }

    /// <summary>Classifies.</summary>
    /// <param name="pixels">(N, 3, H, W) in [0, 1].</param>
    /// <returns>Logits (N, K).</returns>
    public Tensor Logits(Tensor pixels) => _network.Forward((pixels - _mean).div_(_deviation));

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _mean.Dispose();
        _deviation.Dispose();
    }
}
