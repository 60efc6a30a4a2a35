using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// MobileNetV2 (Sandler et al. 2018, table 2) for small images: of its five strides of 2 the first two are 1. As MobileNetV2 of
/// kuangliu/pytorch-cifar in names, in plain ReLU instead of ReLU6, in expanding the first block too (by 1), and in projecting the
/// shortcut of blocks that keep the size and change the channels.
/// </summary>
internal sealed class CifarMobileNetV2 : IArchitectureFamily
{
    private const int StemWidth = 32;
    private const int LastWidth = 1280;

    private static readonly (int Expansion, int Width, int Count, int Stride)[] Rows =
        [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    public IEnumerable<Architecture> Members => [new("mobilenet_v2", Build)];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes)
    {
        builder.Stage("stem", Unit(builder, "", 1, builder.ImageChannels, StemWidth, 3).Forward);
        var (channels, index) = (StemWidth, 0);
        for (var row = 0; row < Rows.Length; row++)
        {
            var (expansion, width, count, stride) = Rows[row];
            var blocks = new List<Func<Tensor, Tensor>>();
            for (var i = 0; i < count; i++)
            {
                blocks.Add(Block(builder, $"layers.{index++}.", channels, width, expansion, i == 0 ? stride : 1));
                channels = width;
            }

            builder.Stage($"row{row + 1}", [.. blocks]);
        }

        var last = Unit(builder, "", 2, channels, LastWidth, 1);
        builder.Stage("linear", last.Forward, builder.Linear("linear", LastWidth, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output, int expansion, int stride)
    {
        var hidden = input * expansion;
        var expand = Unit(builder, name, 1, input, hidden, 1);
        var filter = Unit(builder, name, 2, hidden, hidden, 3, stride, hidden);
        var project = Unit(builder, name, 3, hidden, output, 1, relu: false);
        if (stride > 1)
            return x => project.Forward(filter.Forward(expand.Forward(x)));
        var shortcut = input == output
            ? null
            : builder.Join(
                builder.Convolution($"{name}shortcut.0", input, output, 1),
                builder.Normalization($"{name}shortcut.1", output, relu: false));
        return x => project.Forward(filter.Forward(expand.Forward(x))).PlusInPlace(shortcut?.Forward(x) ?? x);
    }

    private static ConvNorm Unit(
        NetworkBuilder builder, string name, int number, int input, int output, int kernel, int stride = 1, int groups = 1, bool relu = true) =>
        builder.Join(
            builder.Convolution($"{name}conv{number}", input, output, kernel, stride, groups),
            builder.Normalization($"{name}bn{number}", output, relu));
}
