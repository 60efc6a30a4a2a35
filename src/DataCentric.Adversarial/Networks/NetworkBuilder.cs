using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>Makes the layers of one network and collects their tensors in order.</summary>
/// <param name="weights">Where the values come from.</param>
/// <param name="device">Where the tensors lie.</param>
/// <param name="stemHalvings">How often <see cref="Pooling.SpaceToDepth"/> halves the images before the network's own layers.</param>
internal sealed class NetworkBuilder(IWeightSource weights, Device device, int stemHalvings = 0)
{
    private readonly List<NamedTensor> _state = [];
    private readonly List<Stage> _stages = [];

    /// <summary>Channels of the images that the first layer of a network for small images sees: 3, and four times as many for each halving.</summary>
    public int ImageChannels { get; } = ImageShape.Channels << (2 * stemHalvings);

    /// <summary>How the layers compute.</summary>
    public Mode Mode { get; } = new();

    /// <summary>All tensors made so far.</summary>
    public IReadOnlyList<NamedTensor> State => _state;

    /// <summary>The stages made so far, in the order in which images pass them.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Whether there is a convolution with groups.</summary>
    public bool HasGroups { get; private set; }

    /// <summary>A convolution without bias, zero-padded so that stride 1 keeps the size.</summary>
    /// <param name="name">Name in PyTorch's state dict.</param>
    /// <param name="input">Channels in.</param>
    /// <param name="output">Channels out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step.</param>
    /// <param name="groups">Channel groups; equal to the channels for a depthwise convolution.</param>
    /// <param name="bias">Whether it has a bias.</param>
    /// <exception cref="ArgumentException">A 1x1 kernel with a stride or groups; take the places before instead.</exception>
    public Convolution Convolution(string name, int input, int output, int kernel, int stride = 1, int groups = 1, bool bias = false)
    {
        if (kernel == 1 && (stride, groups) != (1, 1))
            throw new ArgumentException($"{name}: a 1x1 convolution has neither stride nor groups here.", nameof(kernel));
        HasGroups |= groups > 1;
        var weight = Make($"{name}.weight", [output, input / groups, kernel, kernel], Initial.He, TensorRole.Weight);
        return new(Mode, weight, bias ? Make($"{name}.bias", [output], Initial.Zeros, TensorRole.Affine) : null, kernel / 2, stride, groups);
    }

    /// <summary>Batch normalisation.</summary>
    /// <param name="name">Name in PyTorch's state dict.</param>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="relu">Whether a ReLU follows.</param>
    /// <param name="capped">Whether that ReLU lets no more than 6 through (ReLU6).</param>
    public Normalization Normalization(string name, int channels, bool relu = true, bool capped = false) => new(
        Mode,
        Make($"{name}.weight", [channels], Initial.Ones, TensorRole.Affine),
        Make($"{name}.bias", [channels], Initial.Zeros, TensorRole.Affine),
        Make($"{name}.running_mean", [channels], Initial.Zeros, TensorRole.Statistic),
        Make($"{name}.running_var", [channels], Initial.Ones, TensorRole.Statistic),
        relu,
        capped);

    /// <summary>A convolution that batch norm follows; frozen networks compute both as one convolution.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="normalization">The batch norm after it.</param>
    public ConvNorm Join(Convolution convolution, Normalization normalization) => new(Mode, convolution, normalization);

    /// <summary>A linear layer with bias.</summary>
    /// <param name="name">Name in PyTorch's state dict.</param>
    /// <param name="input">Features in.</param>
    /// <param name="output">Features out.</param>
    public Linear Linear(string name, int input, int output) => new(
        Make($"{name}.weight", [output, input], Initial.Plain, TensorRole.Weight),
        Make($"{name}.bias", [output], Initial.Zeros, TensorRole.Affine));

    /// <summary>Adds a stage: the parts of a network between two changes of size.</summary>
    /// <param name="name">Name in the network, such as <c>layer1</c>.</param>
    /// <param name="parts">One after the other.</param>
    public void Stage(string name, params Func<Tensor, Tensor>[] parts) =>
        _stages.Add(new(name, x => parts.Aggregate(x, (y, part) => part(y))));

    /// <summary>All stages one after the other: the function of a network that is made of stages.</summary>
    public Tensor ThroughStages(Tensor x) => _stages.Aggregate(x, (y, stage) => stage.Forward(y));

    private Tensor Make(string name, long[] shape, Initial initial, TensorRole role)
    {
        using var scope = NewDisposeScope();
        var values = weights.Take(name, shape, initial);
        var value = values.Length == 0 ? empty(0) : tensor(values, shape);
        if (value.Dimensions == 4)
            value = value.ChannelsLast();
        value = value.to(device).DetachFromDisposeScope();
        _state.Add(new(name, value, role));
        return value;
    }
}
