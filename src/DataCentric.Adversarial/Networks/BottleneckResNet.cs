using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// The bottleneck family of ResNet-50 (He et al. 2016): 1x1, 3x3 (with the stride), 1x1 to four times the width. Shortcuts that
/// change the size average over 2 x 2 before their 1x1 convolution (ResNet-D, He et al. 2019, section 4.2), so no convolution with a
/// 1x1 kernel has a stride. Names as in torchvision's ResNet.
/// </summary>
internal sealed class BottleneckResNet : IArchitectureFamily
{
    private const int Expansion = 4;

    public IEnumerable<Architecture> Members =>
    [
        new("resnet50_compact", (builder, classes) => Build(builder, classes, 32, [16, 32, 64], [2, 2, 2])),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int stemWidth, int[] widths, int[] blocksPerStage)
    {
        var stem = builder.Join(builder.Convolution("conv1", 4 * builder.ImageChannels, stemWidth, 3), builder.Normalization("bn1", stemWidth));
        var blocks = new List<Func<Tensor, Tensor>>();
        var channels = stemWidth;
        for (var stage = 0; stage < widths.Length; stage++)
        {
            for (var i = 0; i < blocksPerStage[stage]; i++)
            {
                blocks.Add(Block(builder, $"layer{stage + 1}.{i}", channels, widths[stage], i == 0 && stage > 0 ? 2 : 1));
                channels = widths[stage] * Expansion;
            }
        }

        var classifier = builder.Linear("fc", channels, classes);
        return x => classifier.ForwardPooled(blocks.Aggregate(stem.Forward(Pooling.SpaceToDepth(x)), (y, block) => block(y)));
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int width, int stride)
    {
        var output = width * Expansion;
        var reduce = builder.Join(builder.Convolution($"{name}.conv1", input, width, 1), builder.Normalization($"{name}.bn1", width));
        var spread = builder.Join(
            builder.Convolution($"{name}.conv2", width, width, 3, stride), builder.Normalization($"{name}.bn2", width));
        var expand = builder.Join(
            builder.Convolution($"{name}.conv3", width, output, 1), builder.Normalization($"{name}.bn3", output, relu: false));
        var project = stride == 1 && input == output
            ? null
            : builder.Join(
                builder.Convolution($"{name}.downsample.0", input, output, 1),
                builder.Normalization($"{name}.downsample.1", output, relu: false));
        return x =>
        {
            var shortcut = project?.Forward(Pooling.Halve(x, stride)) ?? x;
            return expand.Forward(spread.Forward(reduce.Forward(x))).PlusInPlace(shortcut).relu_();
        };
    }
}
