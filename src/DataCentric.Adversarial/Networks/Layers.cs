using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks;

/// <summary>The phase of a network, shared by its layers.</summary>
internal sealed class Mode
{
    /// <summary>The present phase.</summary>
    public Phase Phase { get; private set; } = Phase.Evaluation;

    /// <summary>Told when the phase changes.</summary>
    public event Action? Changed;

    /// <summary>Enters a phase.</summary>
    /// <param name="phase">The phase to enter.</param>
    public void Enter(Phase phase)
    {
        Phase = phase;
        Changed?.Invoke();
    }
}

/// <summary>A convolution, (N, C, H, W) to (N, C', H / stride, W / stride), zero-padded.</summary>
internal sealed class Convolution(Tensor weight, Tensor? bias, int padding, int stride, int groups)
{
    /// <summary>(C', C / groups, kernel, kernel).</summary>
    public Tensor Weight => weight;

    /// <summary>(C'), or null where batch norm that follows makes it superfluous.</summary>
    public Tensor? Bias => bias;

    /// <summary>Computes with the own weight.</summary>
    public Tensor Forward(Tensor x) => Forward(x, weight, bias);

    /// <summary>Computes with another weight of the same shape.</summary>
    public Tensor Forward(Tensor x, Tensor otherWeight, Tensor? otherBias) => otherWeight.shape[3] == 1
        ? AsMatrixProduct(x, otherWeight, otherBias)
        : functional.conv2d(x, otherWeight, otherBias, strides: [stride, stride], padding: [padding, padding], groups: groups);

    // A 1x1 convolution of a channels-last map is a matrix product over all places, as fast as oneDNN's convolution. oneDNN 3.7 inside
    // libtorch 2.10 must not see it: on virtual machines that hide their cache sizes (CPUID leaf 0x8000001D of AMD processors) the
    // gradients of its 1x1 convolutions divide by a cache size of zero and end the process with SIGFPE.
    private static Tensor AsMatrixProduct(Tensor x, Tensor weight, Tensor? bias) =>
        functional.linear(x.permute(0, 2, 3, 1), weight.flatten(1), bias).permute(0, 3, 1, 2);
}

/// <summary>Batch normalisation (Ioffe and Szegedy 2015) with PyTorch's constants, and a ReLU where one follows.</summary>
internal sealed class Normalization(Mode mode, Tensor scale, Tensor shift, Tensor mean, Tensor variance, bool relu)
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    /// <summary>Whether a ReLU follows.</summary>
    public bool Relu => relu;

    /// <summary>Normalises by the statistics of the batch in training, else by those of the training.</summary>
    public Tensor Forward(Tensor x)
    {
        var y = functional.batch_norm(x, mean, variance, scale, shift, mode.Phase == Phase.Training, Momentum, Epsilon);
        return relu ? y.relu_() : y;
    }

    /// <summary>The factor a and offset b with which normalisation after training is a x + b, channel by channel.</summary>
    public (Tensor Factor, Tensor Offset) AsAffine()
    {
        var factor = scale / variance.Plus(Epsilon).sqrt_();
        return (factor, shift - (mean * factor));
    }
}

/// <summary>
/// A convolution with batch norm after it. Frozen: one convolution with weight a W and bias a c + b (c the convolution's bias; a, b of
/// <see cref="Normalization.AsAffine"/>), which is the same function because normalisation is affine after training.
/// </summary>
internal sealed class ConvNorm
{
    private readonly Convolution _convolution;
    private readonly Normalization _normalization;
    private Tensor? _weight;
    private Tensor? _bias;

    public ConvNorm(Mode mode, Convolution convolution, Normalization normalization)
    {
        (_convolution, _normalization) = (convolution, normalization);
        mode.Changed += () =>
        {
            _weight?.Dispose();
            _bias?.Dispose();
            (_weight, _bias) = mode.Phase == Phase.Frozen ? Fold() : (null, null);
        };
    }

    public Tensor Forward(Tensor x)
    {
        if (_weight is null)
            return _normalization.Forward(_convolution.Forward(x));
        var y = _convolution.Forward(x, _weight, _bias);
        return _normalization.Relu ? y.relu_() : y;
    }

    private (Tensor Weight, Tensor Bias) Fold()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (factor, offset) = _normalization.AsAffine();
        var weight = _convolution.Weight * factor.view(-1, 1, 1, 1);
        var bias = _convolution.Bias is { } own ? offset.Plus(factor * own) : offset;
        return (weight.DetachFromDisposeScope(), bias.DetachFromDisposeScope());
    }
}

/// <summary>A linear layer, (N, F) to (N, F').</summary>
internal sealed class Linear(Tensor weight, Tensor bias)
{
    public Tensor Forward(Tensor x) => functional.linear(x, weight, bias);

    /// <summary>The mean over all places of (N, F, H, W), then the linear layer: takes any image size.</summary>
    public Tensor ForwardPooled(Tensor x) => Forward(x.mean([2, 3]));
}
