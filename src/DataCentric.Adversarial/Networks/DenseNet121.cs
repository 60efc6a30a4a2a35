using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// DenseNet-121 (Huang et al. 2017, table 1: DenseNet-BC, blocks of 6, 12, 24 and 16 layers) for small images: one 3x3 convolution as
/// stem, no pooling before the first block. <c>densenet121</c> has growth rate 32 as in the paper; <c>densenet121_k12</c> has growth
/// rate 12, the <c>densenet_cifar</c> of kuangliu/pytorch-cifar. Names as there, and as there new maps come before old ones.
/// </summary>
internal sealed class DenseNet121 : IArchitectureFamily
{
    private const int BottleneckFactor = 4;
    private static readonly int[] LayersPerBlock = [6, 12, 24, 16];

    public IEnumerable<Architecture> Members =>
    [
        new("densenet121", (builder, classes) => Build(builder, classes, 32)),
        new("densenet121_k12", (builder, classes) => Build(builder, classes, 12)),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int growth)
    {
        var channels = 2 * growth;
        builder.Stage("stem", builder.Convolution("conv1", builder.ImageChannels, channels, 3).Forward);
        for (var block = 1; block <= LayersPerBlock.Length; block++)
        {
            var parts = new List<Func<Tensor, Tensor>>();
            for (var i = 0; i < LayersPerBlock[block - 1]; i++)
            {
                parts.Add(Layer(builder, $"dense{block}.{i}", channels, growth));
                channels += growth;
            }

            builder.Stage($"dense{block}", [.. parts]);
            if (block < LayersPerBlock.Length)
            {
                builder.Stage($"trans{block}", Transition(builder, $"trans{block}", channels));
                channels /= 2;
            }
        }

        var last = builder.Normalization("bn", channels);
        builder.Stage("linear", last.Forward, builder.Linear("linear", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Layer(NetworkBuilder builder, string name, int input, int growth)
    {
        var activate = builder.Normalization($"{name}.bn1", input);
        var narrow = builder.Join(
            builder.Convolution($"{name}.conv1", input, BottleneckFactor * growth, 1),
            builder.Normalization($"{name}.bn2", BottleneckFactor * growth));
        var grow = builder.Convolution($"{name}.conv2", BottleneckFactor * growth, growth, 3);
        return x => cat([grow.Forward(narrow.Forward(activate.Forward(x))), x], 1);
    }

    private static Func<Tensor, Tensor> Transition(NetworkBuilder builder, string name, int input)
    {
        var activate = builder.Normalization($"{name}.bn", input);
        var narrow = builder.Convolution($"{name}.conv", input, input / 2, 1);
        return x => Pooling.Halve(narrow.Forward(activate.Forward(x)), 2);
    }
}
