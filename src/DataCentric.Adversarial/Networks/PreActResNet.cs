using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// ResNet-18 with batch norm and ReLU before each convolution (He et al. 2016, ECCV) for small images. A block that changes the size
/// takes its shortcut after the first activation. As PreActResNet18 of kuangliu/pytorch-cifar, in names and in having no batch norm
/// after the last block.
/// </summary>
internal sealed class PreActResNet : IArchitectureFamily
{
    private const int StemWidth = 64;
    private const int BlocksPerStage = 2;

    public IEnumerable<Architecture> Members => [new("preactresnet18", Build)];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes)
    {
        builder.Stage("stem", builder.Convolution("conv1", builder.ImageChannels, StemWidth, 3).Forward);
        var channels = StemWidth;
        for (var stage = 0; stage < 4; stage++)
        {
            var blocks = new List<Func<Tensor, Tensor>>();
            for (var i = 0; i < BlocksPerStage; i++)
            {
                blocks.Add(Block(builder, $"layer{stage + 1}.{i}", channels, StemWidth << stage, i == 0 && stage > 0 ? 2 : 1, Pooling.Every));
                channels = StemWidth << stage;
            }

            builder.Stage($"layer{stage + 1}", [.. blocks]);
        }

        builder.Stage("linear", builder.Linear("linear", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    /// <summary>A block of two convolutions, the first with the stride; where the size changes, the shortcut is reduced and projected.</summary>
    /// <param name="builder">Receives the layers.</param>
    /// <param name="name">Prefix of their names.</param>
    /// <param name="input">Channels before.</param>
    /// <param name="output">Channels after.</param>
    /// <param name="stride">1 or 2.</param>
    /// <param name="reduce">Makes the map of the shortcut smaller by the stride.</param>
    public static Func<Tensor, Tensor> Block(
        NetworkBuilder builder, string name, int input, int output, int stride, Func<Tensor, int, Tensor> reduce)
    {
        var activate = builder.Normalization($"{name}.bn1", input);
        var first = builder.Join(
            builder.Convolution($"{name}.conv1", input, output, 3, stride), builder.Normalization($"{name}.bn2", output));
        var second = builder.Convolution($"{name}.conv2", output, output, 3);
        var project = stride == 1 && input == output ? null : builder.Convolution($"{name}.shortcut.0", input, output, 1);
        return x =>
        {
            var active = activate.Forward(x);
            var shortcut = project?.Forward(reduce(active, stride)) ?? x;
            return second.Forward(first.Forward(active)).PlusInPlace(shortcut);
        };
    }
}
