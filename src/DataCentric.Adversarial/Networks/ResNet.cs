using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// ResNet-18 and ResNet-50 (He et al. 2016, table 1) with the stem for small images: one 3x3 convolution with stride 1 and no pooling.
/// The stride of a bottleneck is in its 3x3 convolution. Names as in ResNet of kuangliu/pytorch-cifar.
/// </summary>
internal sealed class ResNet : IArchitectureFamily
{
    /// <summary>Channels of the stem, and width of the first stage.</summary>
    internal const int StemWidth = 64;

    public IEnumerable<Architecture> Members =>
    [
        new("resnet18", (builder, classes) => Build(builder, classes, BasicBlock, 1, [2, 2, 2, 2])),
        new("resnet50", (builder, classes) => Build(builder, classes, Bottleneck, 4, [3, 4, 6, 3])),
    ];

    /// <summary>Makes a block.</summary>
    internal delegate Func<Tensor, Tensor> BlockBuilder(NetworkBuilder builder, string name, int input, int output, int stride);

    /// <summary>Adds the stages layer1, layer2 ..., each with twice the channels of the one before and half the size.</summary>
    /// <param name="builder">The network.</param>
    /// <param name="block">Makes a block.</param>
    /// <param name="expansion">Channels of a block's result for each of its width.</param>
    /// <param name="blocksPerStage">Blocks of each stage.</param>
    /// <returns>Channels of the last stage.</returns>
    internal static int AddStages(NetworkBuilder builder, BlockBuilder block, int expansion, int[] blocksPerStage)
    {
        var channels = StemWidth;
        for (var stage = 0; stage < blocksPerStage.Length; stage++)
        {
            var blocks = new List<Func<Tensor, Tensor>>();
            var width = (StemWidth << stage) * expansion;
            for (var i = 0; i < blocksPerStage[stage]; i++)
            {
                blocks.Add(block(builder, $"layer{stage + 1}.{i}.", channels, width, i == 0 && stage > 0 ? 2 : 1));
                channels = width;
            }

            builder.Stage($"layer{stage + 1}", [.. blocks]);
        }

        return channels;
    }

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, BlockBuilder block, int expansion, int[] blocksPerStage)
    {
        builder.Stage("stem", Unit(builder, "", 1, builder.ImageChannels, StemWidth, 3).Forward);
        var channels = AddStages(builder, block, expansion, blocksPerStage);
        builder.Stage("linear", builder.Linear("linear", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> BasicBlock(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        var first = Unit(builder, name, 1, input, output, 3, stride);
        var second = Unit(builder, name, 2, output, output, 3, relu: false);
        return Residual(x => second.Forward(first.Forward(x)), Shortcut(builder, name, input, output, stride));
    }

    private static Func<Tensor, Tensor> Bottleneck(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        var width = output / 4;
        var reduce = Unit(builder, name, 1, input, width, 1);
        var spread = Unit(builder, name, 2, width, width, 3, stride);
        var expand = Unit(builder, name, 3, width, output, 1, relu: false);
        return Residual(x => expand.Forward(spread.Forward(reduce.Forward(x))), Shortcut(builder, name, input, output, stride));
    }

    /// <summary>A block: main path and shortcut added up, and a ReLU.</summary>
    internal static Func<Tensor, Tensor> Residual(Func<Tensor, Tensor> main, Func<Tensor, Tensor> shortcut) =>
        x => main(x).PlusInPlace(shortcut(x)).relu_();

    private static Func<Tensor, Tensor> Shortcut(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        if (stride == 1 && input == output)
            return x => x;
        var project = builder.Join(
            builder.Convolution($"{name}shortcut.0", input, output, 1),
            builder.Normalization($"{name}shortcut.1", output, relu: false));
        return x => project.Forward(Pooling.Every(x, stride));
    }

    private static ConvNorm Unit(
        NetworkBuilder builder, string name, int number, int input, int output, int kernel, int stride = 1, bool relu = true) => builder.Join(
            builder.Convolution($"{name}conv{number}", input, output, kernel, stride),
            builder.Normalization($"{name}bn{number}", output, relu));
}
