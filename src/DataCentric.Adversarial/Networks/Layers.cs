using DataCentric.Adversarial.Networks.Winograd;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks;

/// <summary>A convolution, (N, C, H, W) to (N, C', H / stride, W / stride), zero-padded.</summary>
internal sealed class Convolution(Mode mode, Tensor weight, Tensor? bias, int padding, int stride, int groups)
{
    private readonly FrozenWeight _frozen = new(mode, () => (weight, bias));

    /// <summary>(C', C / groups, kernel, kernel).</summary>
    public Tensor Weight => weight;

    /// <summary>(C'), or null where batch norm that follows makes it superfluous.</summary>
    public Tensor? Bias => bias;

    /// <summary>Computes with the own weight.</summary>
    public Tensor Forward(Tensor x) => mode.Phase == Phase.Frozen ? Forward(x, _frozen) : Forward(x, weight, bias);

    /// <summary>Computes with another weight of the same shape.</summary>
    public Tensor Forward(Tensor x, FrozenWeight other) =>
        (stride, padding, groups) == (1, 1, 1) && WinogradConvolution.Pays(x.shape[2], x.shape[3]) && other.Winograd is { } winograd
            ? WinogradFunction.Compute(x, winograd)
            : Forward(x, other.Weight, other.Bias);

    // While training, maps may be in bfloat16; weights are float32 then, and so are their gradients.
    // Convolutions in groups compute in float32 all the same: oneDNN 3.7 inside libtorch 2.10 gives wrong gradients for them in bfloat16
    // where they have a stride, on AMD processors with AVX-512 that hide their cache sizes (cosine to the right ones 0.2 to 0.3).
    private Tensor Forward(Tensor x, Tensor someWeight, Tensor? someBias)
    {
        if (groups > 1 && x.dtype == ScalarType.BFloat16)
            return Forward(x.to(ScalarType.Float32), someWeight, someBias).to(ScalarType.BFloat16);
        if (someWeight.dtype != x.dtype)
            (someWeight, someBias) = (someWeight.to(x.dtype), someBias?.to(x.dtype));
        return someWeight.shape[3] == 1
            ? AsMatrixProduct(x, someWeight, someBias)
            : functional.conv2d(x, someWeight, someBias, strides: [stride, stride], padding: [padding, padding], groups: groups);
    }

    // A 1x1 convolution of a channels-last map is a matrix product over all places, as fast as oneDNN's convolution. oneDNN 3.7 inside
    // libtorch 2.10 must not see it: on virtual machines that hide their cache sizes (CPUID leaf 0x8000001D of AMD processors) the
    // gradients of its 1x1 convolutions divide by a cache size of zero and end the process with SIGFPE.
    // The places are one axis: of maps with strides between them torch makes a batched product, with the weight copied for each row of each
    // image. The bias is added last and not in place, because what comes next is: in-place work on a permuted view costs autograd copies of
    // whole maps (a ResNet-50 iteration took twice as long).
    private static Tensor AsMatrixProduct(Tensor x, Tensor weight, Tensor? bias)
    {
        var (n, h, w) = (x.shape[0], x.shape[2], x.shape[3]);
        var places = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1]);
        var y = functional.linear(places, weight.flatten(1)).view(n, h, w, -1).permute(0, 3, 1, 2);
        return bias is null ? y : y.Plus(bias.view(1, -1, 1, 1));
    }
}

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) with PyTorch's constants, and a ReLU where one follows. Frozen, where no convolution
/// stands before it: a x + b in one pass.
/// </summary>
internal sealed class Normalization
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    private readonly Mode _mode;
    private readonly Tensor _scale;
    private readonly Tensor _shift;
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private readonly FrozenTensors _frozen;
    private readonly bool _relu;
    private readonly bool _capped;

    public Normalization(Mode mode, Tensor scale, Tensor shift, Tensor mean, Tensor variance, bool relu, bool capped)
    {
        (_mode, _scale, _shift, _mean, _variance, _relu, _capped) = (mode, scale, shift, mean, variance, relu, capped);
        _frozen = new(mode, () =>
        {
            var (factor, offset) = AsAffine();
            return [factor.view(1, -1, 1, 1), offset.view(1, -1, 1, 1)];
        });
    }

    /// <summary>Normalises by the statistics of the batch in training, else by those of the training.</summary>
    public Tensor Forward(Tensor x)
    {
        var y = _mode.Phase == Phase.Frozen
            ? _frozen[1].PlusProduct(x, _frozen[0])
            : functional.batch_norm(x, _mean, _variance, _scale, _shift, _mode.Phase == Phase.Training, Momentum, Epsilon);
        return Activate(y);
    }

    /// <summary>What follows the normalisation, in place: a ReLU, one that lets no more than 6 through, or nothing.</summary>
    public Tensor Activate(Tensor y) => !_relu ? y : _capped ? y.relu6_() : y.relu_();

    /// <summary>The factor a and offset b with which normalisation after training is a x + b, channel by channel.</summary>
    public (Tensor Factor, Tensor Offset) AsAffine()
    {
        var factor = _scale / _variance.Plus(Epsilon).sqrt_();
        return (factor, _shift - (_mean * factor));
    }
}

/// <summary>
/// A convolution with batch norm after it. Frozen: one convolution with weight a W and bias a c + b (c the convolution's bias; a, b of
/// <see cref="Normalization.AsAffine"/>), which is the same function because normalisation is affine after training.
/// </summary>
internal sealed class ConvNorm
{
    private readonly Mode _mode;
    private readonly Convolution _convolution;
    private readonly Normalization _normalization;
    private readonly FrozenWeight _folded;

    public ConvNorm(Mode mode, Convolution convolution, Normalization normalization)
    {
        (_mode, _convolution, _normalization) = (mode, convolution, normalization);
        _folded = new(mode, Fold);
    }

    public Tensor Forward(Tensor x)
    {
        if (_mode.Phase != Phase.Frozen)
            return _normalization.Forward(_convolution.Forward(x));
        return _normalization.Activate(_convolution.Forward(x, _folded));
    }

    private (Tensor Weight, Tensor? Bias) Fold()
    {
        var (factor, offset) = _normalization.AsAffine();
        var bias = _convolution.Bias is { } own ? offset.Plus(factor * own) : offset;
        return (_convolution.Weight * factor.view(-1, 1, 1, 1), bias);
    }
}

/// <summary>A linear layer, (N, F) to (N, F'), always in float32.</summary>
internal sealed class Linear(Tensor weight, Tensor bias)
{
    public Tensor Forward(Tensor x) => functional.linear(x, weight, bias);

    /// <summary>The mean over all places of (N, F, H, W), then the linear layer: takes any image size.</summary>
    public Tensor ForwardPooled(Tensor x) => Forward(x.mean([2, 3], type: ScalarType.Float32));
}
