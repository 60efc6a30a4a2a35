using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.ImageNet;

/// <summary>
/// ResNet (He et al. 2016, table 1) and Wide ResNet-50-2 (Zagoruyko and Komodakis 2016, table 8) as torchvision's resnet.py has them: the
/// stride of a bottleneck is in its 3x3 convolution. Shortcuts with a stride take every second place first and have no stride in their 1x1
/// convolution, which is the same function (see <see cref="Pooling.Every"/>). timm's resnet18 to resnet101 have the same names.
/// </summary>
internal sealed class ImageNetResNet : IArchitectureFamily
{
    private const int StemWidth = ResNet.StemWidth;
    private const int Expansion = 4;

    public IEnumerable<Architecture> Members =>
    [
        Basic("resnet18", [2, 2, 2, 2]),
        Basic("resnet34", [3, 4, 6, 3]),
        Bottleneck("resnet50", [3, 4, 6, 3], StemWidth),
        Bottleneck("resnet101", [3, 4, 23, 3], StemWidth),
        Bottleneck("wide_resnet50_2", [3, 4, 6, 3], 2 * StemWidth),
    ];

    private static Architecture Basic(string name, int[] blocksPerStage) =>
        ImageNetArchitecture.Of(name, (builder, classes) => Build(builder, classes, BasicBlock, 1, blocksPerStage));

    private static Architecture Bottleneck(string name, int[] blocksPerStage, int firstWidth) => ImageNetArchitecture.Of(
        name,
        (builder, classes) => Build(
            builder, classes, (b, block, input, output, stride) => BottleneckBlock(b, block, input, output, stride, output * firstWidth / (StemWidth * Expansion)),
            Expansion, blocksPerStage));

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, ResNet.BlockBuilder block, int expansion, int[] blocksPerStage)
    {
        builder.Stage("stem", Unit(builder, "", 1, 3, StemWidth, 7, stride: 2).Forward, Pooling.HalveByOverlappingMaximum);
        var channels = ResNet.AddStages(builder, block, expansion, blocksPerStage);
        builder.Stage("fc", builder.Linear("fc", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> BasicBlock(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        var first = Unit(builder, name, 1, input, output, 3, stride);
        var second = Unit(builder, name, 2, output, output, 3, relu: false);
        return ResNet.Residual(x => second.Forward(first.Forward(x)), Shortcut(builder, name, input, output, stride));
    }

    private static Func<Tensor, Tensor> BottleneckBlock(NetworkBuilder builder, string name, int input, int output, int stride, int width)
    {
        var reduce = Unit(builder, name, 1, input, width, 1);
        var spread = Unit(builder, name, 2, width, width, 3, stride);
        var expand = Unit(builder, name, 3, width, output, 1, relu: false);
        return ResNet.Residual(x => expand.Forward(spread.Forward(reduce.Forward(x))), Shortcut(builder, name, input, output, stride));
    }

    private static Func<Tensor, Tensor> Shortcut(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        if (stride == 1 && input == output)
            return x => x;
        var project = builder.Join(
            builder.Convolution($"{name}downsample.0", input, output, 1),
            builder.Normalization($"{name}downsample.1", output, relu: false));
        return x => project.Forward(Pooling.Every(x, stride));
    }

    private static ConvNorm Unit(
        NetworkBuilder builder, string name, int number, int input, int output, int kernel, int stride = 1, bool relu = true) => builder.Join(
            builder.Convolution($"{name}conv{number}", input, output, kernel, stride),
            builder.Normalization($"{name}bn{number}", output, relu));
}
