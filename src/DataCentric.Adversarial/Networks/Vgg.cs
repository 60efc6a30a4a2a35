using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// VGG with batch norm (Simonyan and Zisserman 2015): 3x3 convolutions and 2x2 maxima, nothing else; one linear layer on the global
/// mean instead of the large classifier. Names as in torchvision's vgg16_bn.
/// </summary>
internal sealed class Vgg : IArchitectureFamily
{
    private const int Pool = 0;

    public IEnumerable<Architecture> Members =>
    [
        new("vgg_compact", (builder, classes) => Build(builder, classes, [16, Pool, 32, 32, Pool, 64, 64, Pool, 128])),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int[] widths)
    {
        var parts = new List<Func<Tensor, Tensor>>();
        var (channels, index) = (3, 0);
        foreach (var width in widths)
        {
            if (width == Pool)
            {
                parts.Add(Pooling.HalveByMaximum);
                index++;
                continue;
            }

            parts.Add(builder.Join(
                builder.Convolution($"features.{index}", channels, width, 3),
                builder.Normalization($"features.{index + 1}", width)).Forward);
            (channels, index) = (width, index + 3); // convolution, batch norm, ReLU
        }

        var classifier = builder.Linear("classifier", channels, classes);
        return x => classifier.ForwardPooled(parts.Aggregate(x, (y, part) => part(y)));
    }
}
