using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>
/// <see cref="WinogradConvolution"/> in autograd, for weights without gradient. The gradient with respect to the input is the convolution
/// of the output's with the weight whose first dimensions are exchanged and whose kernels are turned by 180 degrees.
/// </summary>
internal sealed class WinogradFunction : autograd.SingleTensorFunction<WinogradFunction>
{
    private const string Layer = "weight";

    [ThreadStatic]
    private static Tensor? _given;

    public override string Name => "WinogradConvolution";

    /// <summary>Computes the convolution.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="weight">The layer's weight.</param>
    public static Tensor Compute(Tensor x, WinogradWeight weight) => x.requires_grad && is_grad_enabled()
        ? apply(x, weight)
        : weight.Forward(x);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var weight = (WinogradWeight)vars[1];
        ctx.save_data(Layer, weight);
        return weight.Forward((Tensor)vars[0]);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // libtorch reads what is returned after this method, and has its own hold on it by the next call; handles that waited for the
        // end of the scope would keep the gradients of all layers in memory.
        using var output = grad_output;
        _given?.Dispose();
        _given = ((WinogradWeight)ctx.get_data(Layer)).Backward(output);
        return [_given, null!];
    }
}

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
