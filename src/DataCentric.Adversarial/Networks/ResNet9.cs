using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// The nine-layer network with which small images are learnt in few epochs (Page 2018, "How to train your ResNet", part 4): full
/// resolution at first, three halvings by maxima, and a residual pair of convolutions after the first and the last of them. The stem
/// has w channels, the layers 2 w, 4 w and 8 w; Page's network has w = 64; here the last pooling is
/// the mean, as in the other networks, and the names are this library's own.
/// </summary>
internal sealed class ResNet9 : IArchitectureFamily
{
    public IEnumerable<Architecture> Members => [Make(16), Make(32)];

    private static Architecture Make(int width) => new($"resnet9_{width}", (builder, classes) => Build(builder, classes, width));

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int width)
    {
        builder.Stage("prep", Unit(builder, "prep", builder.ImageChannels, width).Forward);
        builder.Stage("layer1", Unit(builder, "layer1.conv", width, 2 * width).Forward, Pooling.HalveByMaximum, Pair(builder, "layer1.residual", 2 * width));
        builder.Stage("layer2", Unit(builder, "layer2.conv", 2 * width, 4 * width).Forward, Pooling.HalveByMaximum);
        builder.Stage("layer3", Unit(builder, "layer3.conv", 4 * width, 8 * width).Forward, Pooling.HalveByMaximum, Pair(builder, "layer3.residual", 8 * width));
        builder.Stage("linear", builder.Linear("linear", 8 * width, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Pair(NetworkBuilder builder, string name, int width)
    {
        var (first, second) = (Unit(builder, $"{name}.0", width, width), Unit(builder, $"{name}.1", width, width));
        return x => x.Plus(second.Forward(first.Forward(x)));
    }

    private static ConvNorm Unit(NetworkBuilder builder, string name, int input, int output) => builder.Join(
        builder.Convolution($"{name}.0", input, output, 3), builder.Normalization($"{name}.1", output));
}
