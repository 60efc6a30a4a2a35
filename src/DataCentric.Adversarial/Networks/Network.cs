using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>How a network computes.</summary>
internal enum Phase
{
    /// <summary>Batch norm uses and follows the statistics of the batch; weights have gradients.</summary>
    Training,

    /// <summary>Batch norm uses the statistics of the training; only the input can have a gradient.</summary>
    Evaluation,

    /// <summary>As evaluation, with batch norm folded into the convolution before it: the same function in fewer steps.</summary>
    Frozen,
}

/// <summary>What a stored tensor of a network is for.</summary>
internal enum TensorRole
{
    /// <summary>Weight of a convolution or a linear layer: trained, with weight decay.</summary>
    Weight,

    /// <summary>Scale or shift: trained, without weight decay.</summary>
    Affine,

    /// <summary>Running mean or variance of batch norm: follows the batches, has no gradient.</summary>
    Statistic,
}

/// <summary>A stored tensor of a network.</summary>
/// <param name="Name">Name in PyTorch's state dict, such as <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Value">float32; 4-d weights are channels-last in memory.</param>
/// <param name="Role">What it is for.</param>
internal sealed record NamedTensor(string Name, Tensor Value, TensorRole Role);

/// <summary>A part of a network.</summary>
/// <param name="Name">Name in the network, such as <c>layer1</c>.</param>
/// <param name="Forward">What it computes.</param>
internal sealed record Stage(string Name, Func<Tensor, Tensor> Forward);

/// <summary>A classifier: normalised images (N, 3, H, W) to logits (N, K). Not thread-safe.</summary>
internal sealed class Network : IDisposable
{
    private readonly NetworkBuilder _builder;
    private readonly Func<Tensor, Tensor> _forward;

    /// <summary>Builds a network in phase <see cref="Phase.Evaluation"/>.</summary>
    /// <param name="architecture">What to build.</param>
    /// <param name="classCount">Number of classes, K.</param>
    /// <param name="weights">Where the values of its tensors come from.</param>
    /// <param name="device">Where it computes; the processor where none is given.</param>
    /// <param name="stemHalvings">How often images are halved before the first layer, see <see cref="StemHalvings"/>; 0 for ImageNet networks.</param>
    public Network(Architecture architecture, int classCount, IWeightSource weights, Device? device = null, int stemHalvings = 0)
    {
        (Device, StemHalvings) = (device ?? CPU, stemHalvings);
        _builder = new NetworkBuilder(weights, Device, stemHalvings);
        _forward = architecture.Build(_builder, classCount);
        Architecture = architecture;
        ClassCount = classCount;
    }

    /// <summary>What was built.</summary>
    public Architecture Architecture { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>Number of classes, K.</summary>
    public int ClassCount { get; }

    /// <summary>How often images are halved before the first layer.</summary>
    public int StemHalvings { get; }

    /// <summary>All tensors, in the order of the layers.</summary>
    public IReadOnlyList<NamedTensor> State => _builder.State;

    /// <summary>The stages in the order in which images pass them; empty where the architecture names none.</summary>
    public IReadOnlyList<Stage> Stages => _builder.Stages;

    /// <summary>Tensors that training changes by their gradients.</summary>
    public IEnumerable<NamedTensor> Parameters => State.Where(tensor => tensor.Role != TensorRole.Statistic);

    /// <summary>Whether there is a convolution with groups, such as a depthwise one.</summary>
    private bool HasGroups => _builder.HasGroups;

    /// <summary>Number of trainable values.</summary>
    public long ParameterCount => Parameters.Sum(tensor => tensor.Value.numel());

    /// <summary>The format in which this network's maps are computed in training.</summary>
    /// <param name="precision">What is asked for.</param>
    public ScalarType FormatFor(TrainingPrecision precision) =>
        precision == TrainingPrecision.Bfloat16 || (precision == TrainingPrecision.Auto && IsFasterInBfloat16) ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>
    /// Whether bfloat16 is faster than float32: where the processor has fast instructions for it, except with convolutions in groups
    /// (oneDNN 3.7's depthwise convolution is twice as fast in float32). On CUDA it counts as not faster.
    /// </summary>
    public bool IsFasterInBfloat16 => Device.type == TorchSharp.DeviceType.CPU && Processor.FastBfloat16 is not null && !HasGroups;

    /// <summary>Classifies a batch.</summary>
    /// <param name="images">(N, 3, H, W), normalised, best channels-last in memory.</param>
    /// <returns>Logits (N, K).</returns>
    public Tensor Forward(Tensor images)
    {
        for (var i = 0; i < StemHalvings; i++)
            images = Pooling.SpaceToDepth(images);
        return _forward(images);
    }

    /// <summary>Changes how the network computes.</summary>
    /// <param name="phase">The phase to enter; frozen networks fold their present weights.</param>
    /// <param name="format">Number format of a frozen network, float32 or bfloat16; logits are float32 in both.</param>
    public void Enter(Phase phase, ScalarType format = ScalarType.Float32)
    {
        foreach (var parameter in Parameters)
            parameter.Value.requires_grad_(phase == Phase.Training);
        _builder.Mode.Enter(phase, format);
    }

    public void Dispose()
    {
        _builder.Mode.Enter(Phase.Evaluation, ScalarType.Float32);
        foreach (var tensor in State)
            tensor.Value.Dispose();
    }
}
