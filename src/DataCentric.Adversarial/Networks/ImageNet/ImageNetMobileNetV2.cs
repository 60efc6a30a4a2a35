using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.ImageNet;

/// <summary>MobileNetV2 (Sandler et al. 2018, table 2) as torchvision's mobilenetv2.py has it, with ReLU6.</summary>
internal sealed class ImageNetMobileNetV2 : IArchitectureFamily
{
    private const int StemWidth = 32;
    private const int LastWidth = 1280;

    private static readonly (int Expansion, int Width, int Count, int Stride)[] Rows =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    public IEnumerable<Architecture> Members => [ImageNetArchitecture.Of("mobilenet_v2", Build)];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes)
    {
        builder.Stage("stem", Unit(builder, "features.0", 3, StemWidth, 3, stride: 2).Forward);
        var (channels, index) = (StemWidth, 1);
        for (var row = 0; row < Rows.Length; row++)
        {
            var (expansion, width, count, stride) = Rows[row];
            var blocks = new List<Func<Tensor, Tensor>>();
            for (var i = 0; i < count; i++)
            {
                blocks.Add(Block(builder, $"features.{index++}.conv", channels, width, expansion, i == 0 ? stride : 1));
                channels = width;
            }

            builder.Stage($"row{row + 1}", [.. blocks]);
        }

        var last = Unit(builder, $"features.{index}", channels, LastWidth, 1);
        builder.Stage("classifier", last.Forward, builder.Linear("classifier.1", LastWidth, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output, int expansion, int stride)
    {
        var (hidden, index) = (input * expansion, 0);
        var expand = expansion == 1 ? null : Unit(builder, $"{name}.{index++}", input, hidden, 1);
        var filter = Unit(builder, $"{name}.{index++}", hidden, hidden, 3, stride, hidden);
        var project = builder.Join(
            builder.Convolution($"{name}.{index}", hidden, output, 1), builder.Normalization($"{name}.{index + 1}", output, relu: false));
        return x =>
        {
            var y = project.Forward(filter.Forward(expand?.Forward(x) ?? x));
            return stride == 1 && input == output ? y.PlusInPlace(x) : y;
        };
    }

    private static ConvNorm Unit(
        NetworkBuilder builder, string name, int input, int output, int kernel, int stride = 1, int groups = 1) => builder.Join(
            builder.Convolution($"{name}.0", input, output, kernel, stride, groups), builder.Normalization($"{name}.1", output, capped: true));
}
