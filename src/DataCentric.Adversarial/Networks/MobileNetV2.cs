using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// Inverted residuals with linear bottlenecks (Sandler et al. 2018): 1x1 to t times the channels, depthwise 3x3 (with the stride), 1x1
/// without activation. Plain ReLU instead of ReLU6. Names as in torchvision's MobileNetV2.
/// </summary>
internal sealed class MobileNetV2 : IArchitectureFamily
{
    public IEnumerable<Architecture> Members =>
    [
        new("mobilenet_compact", (builder, classes) =>
            Build(builder, classes, 32, [(2, 16, 2, 1), (4, 32, 2, 2), (4, 64, 2, 2)], 256)),
    ];

    private static Func<Tensor, Tensor> Build(
        NetworkBuilder builder, int classes, int stemWidth, (int Expansion, int Width, int Count, int Stride)[] stages, int lastWidth)
    {
        var parts = new List<Func<Tensor, Tensor>> { Unit(builder, "features.0", 4 * builder.ImageChannels, stemWidth, 3).Forward };
        var (channels, index) = (stemWidth, 1);
        foreach (var (expansion, width, count, stride) in stages)
        {
            for (var i = 0; i < count; i++)
            {
                parts.Add(Block(builder, $"features.{index++}.conv", channels, width, expansion, i == 0 ? stride : 1));
                channels = width;
            }
        }

        parts.Add(Unit(builder, $"features.{index}", channels, lastWidth, 1).Forward);
        var classifier = builder.Linear("classifier.1", lastWidth, classes);
        return x => classifier.ForwardPooled(parts.Aggregate(Pooling.SpaceToDepth(x), (y, part) => part(y)));
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output, int expansion, int stride)
    {
        var hidden = input * expansion;
        var expand = Unit(builder, $"{name}.0", input, hidden, 1);
        var filter = Unit(builder, $"{name}.1", hidden, hidden, 3, stride, hidden);
        var project = builder.Join(
            builder.Convolution($"{name}.2", hidden, output, 1), builder.Normalization($"{name}.3", output, relu: false));
        return x =>
        {
            var y = project.Forward(filter.Forward(expand.Forward(x)));
            return stride == 1 && input == output ? y.PlusInPlace(x) : y;
        };
    }

    private static ConvNorm Unit(
        NetworkBuilder builder, string name, int input, int output, int kernel, int stride = 1, int groups = 1) => builder.Join(
            builder.Convolution($"{name}.0", input, output, kernel, stride, groups), builder.Normalization($"{name}.1", output));
}
