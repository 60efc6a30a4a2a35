using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// Wide residual networks WRN-d-k (Zagoruyko and Komodakis 2016, table 1): three groups of (d - 4) / 6 blocks, k times 16, 32 and 64
/// channels, batch norm and ReLU before each convolution, no dropout. Names as in xternalz/WideResNet-pytorch, which the networks of
/// the robustness literature follow (TRADES, AWP, RobustBench).
/// </summary>
internal sealed class WideResNet : IArchitectureFamily
{
    private const int StemWidth = 16;

    public IEnumerable<Architecture> Members => [Make(28, 4), Make(28, 10), Make(34, 10)];

    private static Architecture Make(int depth, int factor) =>
        new($"wrn_{depth}_{factor}", (builder, classes) => Build(builder, classes, (depth - 4) / 6, factor));

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int blocksPerGroup, int factor)
    {
        builder.Stage("stem", builder.Convolution("conv1", builder.ImageChannels, StemWidth, 3).Forward);
        var channels = StemWidth;
        for (var group = 0; group < 3; group++)
        {
            var blocks = new List<Func<Tensor, Tensor>>();
            var width = (StemWidth << group) * factor;
            for (var i = 0; i < blocksPerGroup; i++)
            {
                blocks.Add(Block(builder, $"block{group + 1}.layer.{i}", channels, width, i == 0 && group > 0 ? 2 : 1));
                channels = width;
            }

            builder.Stage($"block{group + 1}", [.. blocks]);
        }

        var last = builder.Normalization("bn1", channels);
        builder.Stage("fc", last.Forward, builder.Linear("fc", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output, int stride)
    {
        var activate = builder.Normalization($"{name}.bn1", input);
        var first = builder.Join(
            builder.Convolution($"{name}.conv1", input, output, 3, stride), builder.Normalization($"{name}.bn2", output));
        var second = builder.Convolution($"{name}.conv2", output, output, 3);
        var project = input == output ? null : builder.Convolution($"{name}.convShortcut", input, output, 1);
        return x =>
        {
            var active = activate.Forward(x);
            var shortcut = project?.Forward(Pooling.Every(active, stride)) ?? x;
            return second.Forward(first.Forward(active)).PlusInPlace(shortcut);
        };
    }
}
