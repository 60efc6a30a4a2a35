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
        var stem = builder.Convolution("conv1", (patches ? 4 : 1) * builder.ImageChannels, stemWidth, 3);
        var blocks = new List<Func<Tensor, Tensor>>();
        var channels = stemWidth;
        for (var stage = 0; stage < widths.Length; stage++)
        {
            blocks.Add(PreActResNet.Block(builder, $"layer{stage + 1}.0", channels, widths[stage], strides[stage], Pooling.Halve));
            channels = widths[stage];
        }

        var last = builder.Normalization("bn", channels);
        var classifier = builder.Linear("linear", channels, classes);
        return x => classifier.ForwardPooled(last.Forward(blocks.Aggregate(stem.Forward(patches ? Pooling.SpaceToDepth(x) : x), (y, block) => block(y))));
    }
}
