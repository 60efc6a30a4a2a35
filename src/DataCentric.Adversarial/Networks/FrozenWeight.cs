using DataCentric.Adversarial.Networks.Winograd;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>Weight and bias of a frozen convolution, in the network's format.</summary>
internal sealed class FrozenWeight
{
    private readonly FrozenTensors _tensors;
    private readonly FrozenTensors _exchanged;

    /// <summary>Nothing is derived yet.</summary>
    /// <param name="mode">The network's phase and format.</param>
    /// <param name="derive">Weight (C', C / groups, kernel, kernel) and bias (C'), from the present state of the network.</param>
    public FrozenWeight(Mode mode, Func<(Tensor Weight, Tensor? Bias)> derive)
    {
        _tensors = new(mode, () => derive() is var (weight, bias) && bias is null ? [weight] : [weight, bias]);
        _exchanged = new(mode, () => WinogradConvolution.Takes(Weight) ? [WinogradWeight.Exchange(Weight)] : []);
    }

    /// <summary>(C', C / groups, kernel, kernel).</summary>
    public Tensor Weight => _tensors[0];

    /// <summary>(C'), or null.</summary>
    public Tensor? Bias => _tensors.Count > 1 ? _tensors[1] : null;

    /// <summary>The same for <see cref="WinogradFunction"/>; null where it cannot take the layer.</summary>
    public WinogradWeight? Winograd => _exchanged.Count > 0 ? new(Weight, _exchanged[0], Bias) : null;
}
