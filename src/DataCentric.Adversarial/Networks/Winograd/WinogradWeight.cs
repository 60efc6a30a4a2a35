using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>Weight of a frozen layer, as its forward and backward pass need it.</summary>
/// <param name="Weight">(C', C, 3, 3), channels-last in memory.</param>
/// <param name="Exchanged">(C, C', 3, 3), channels-last in memory: the same with its first two dimensions exchanged.</param>
/// <param name="Bias">(C'), or none.</param>
internal sealed record WinogradWeight(Tensor Weight, Tensor Exchanged, Tensor? Bias)
{
    /// <summary>A weight with its first two dimensions exchanged, channels-last in memory.</summary>
    public static Tensor Exchange(Tensor weight) => weight.transpose(0, 1).ChannelsLast();

    /// <summary>The convolution.</summary>
    public Tensor Forward(Tensor x) => WinogradConvolution.Compute(x, Exchanged, turned: false, Bias);

    /// <summary>The gradient with respect to its input.</summary>
    public Tensor Backward(Tensor gradient) => WinogradConvolution.Compute(gradient, Weight, turned: true, bias: null);
}
