using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// Residual networks with batch norm and ReLU before each convolution (He et al. 2016, ECCV): the wide family (Zagoruyko and Komodakis
/// 2016: few blocks, many channels) and the PreActResNet-18 family. A block that changes the size takes its shortcut after the first
/// activation. Names as in kuangliu/pytorch-cifar's PreActResNet.
/// </summary>
internal sealed class PreActivationResNet : IArchitectureFamily
{
    public IEnumerable<Architecture> Members =>
    [
        new("wrn_compact", (builder, classes) => Build(builder, classes, 32, [32, 64, 128], [1, 2, 2], patches: true)),
        new("preactresnet_compact", (builder, classes) => Build(builder, classes, 16, [16, 32, 64, 128], [1, 2, 2, 2], patches: false)),
    ];

    private static Func<Tensor, Tensor> Build(
        NetworkBuilder builder, int classes, int stemWidth, int[] widths, int[] strides, bool patches)
    {
        var stem = builder.Convolution("conv1", patches ? 12 : 3, stemWidth, 3);
        var blocks = new List<Func<Tensor, Tensor>>();
        var channels = stemWidth;
        for (var stage = 0; stage < widths.Length; stage++)
        {
            blocks.Add(Block(builder, $"layer{stage + 1}.0", channels, widths[stage], strides[stage]));
            channels = widths[stage];
        }

        var last = builder.Normalization("bn", channels);
        var classifier = builder.Linear("linear", channels, classes);
        return x => classifier.ForwardPooled(last.Forward(blocks.Aggregate(stem.Forward(patches ? Pooling.SpaceToDepth(x) : x), (y, block) => block(y))));
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        var activate = builder.Normalization($"{name}.bn1", input);
        var first = builder.Join(
            builder.Convolution($"{name}.conv1", input, output, 3, stride), builder.Normalization($"{name}.bn2", output));
        var second = builder.Convolution($"{name}.conv2", output, output, 3);
        var project = stride == 1 && input == output ? null : builder.Convolution($"{name}.shortcut.0", input, output, 1);
        return x =>
        {
            var active = activate.Forward(x);
            var shortcut = project?.Forward(Pooling.Halve(active, stride)) ?? x;
            return second.Forward(first.Forward(active)).PlusInPlace(shortcut);
        };
    }
}
