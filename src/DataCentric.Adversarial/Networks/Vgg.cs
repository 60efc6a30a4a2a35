using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// VGG with batch norm (Simonyan and Zisserman 2015): 3x3 convolutions and 2x2 maxima, nothing else; one linear layer on the global
/// mean instead of the large classifier. Names as in VGG of kuangliu/pytorch-cifar, whose VGG16 <c>vgg16_bn</c> is, and as in the
/// features of torchvision's vgg16_bn.
/// </summary>
internal sealed class Vgg : IArchitectureFamily
{
    private const int Pool = 0;

    public IEnumerable<Architecture> Members =>
    [
        new("vgg_compact", (builder, classes) =>
            Build(builder, classes, [16, Pool, 32, 32, Pool, 64, 64, Pool, 128], bias: false)),
        new("vgg16_bn", (builder, classes) => Build(
            builder,
            classes,
            [64, 64, Pool, 128, 128, Pool, 256, 256, 256, Pool, 512, 512, 512, Pool, 512, 512, 512, Pool],
            bias: true)),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int[] widths, bool bias)
    {
        var parts = new List<Func<Tensor, Tensor>>();
        var (channels, index, stage) = (builder.ImageChannels, 0, 0);
        foreach (var width in widths)
        {
            if (width == Pool)
            {
                builder.Stage($"block{++stage}", [.. parts, Pooling.HalveByMaximum]);
                parts.Clear();
                index++;
                continue;
            }

            parts.Add(builder.Join(
                builder.Convolution($"features.{index}", channels, width, 3, bias: bias),
                builder.Normalization($"features.{index + 1}", width)).Forward);
            (channels, index) = (width, index + 3); // convolution, batch norm, ReLU
        }

        builder.Stage("classifier", [.. parts, builder.Linear("classifier", channels, classes).ForwardPooled]);
        return builder.ThroughStages;
    }
}
