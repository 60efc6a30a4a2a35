using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// Residual networks of He et al. 2016 (CVPR, section 4.2) for small images: 6n + 2 layers of 16, 32 and 64 channels, shortcuts
/// without parameters (option A: every second place, zeros for new channels). Names as in akamaster/pytorch_resnet_cifar10.
/// </summary>
internal sealed class CifarResNet : IArchitectureFamily
{
    public IEnumerable<Architecture> Members =>
    [
        new("resnet8", (builder, classes) => Build(builder, classes, 1)),
        new("resnet20", (builder, classes) => Build(builder, classes, 3)),
        new("resnet32", (builder, classes) => Build(builder, classes, 5)),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int blocksPerStage)
    {
        var stem = builder.Join(builder.Convolution("conv1", builder.ImageChannels, 16, 3), builder.Normalization("bn1", 16));
        builder.Stage("stem", stem.Forward);
        var channels = 16;
        for (var stage = 1; stage <= 3; stage++)
        {
            var blocks = new List<Func<Tensor, Tensor>>();
            for (var i = 0; i < blocksPerStage; i++)
            {
                var next = 16 << (stage - 1);
                blocks.Add(Block(builder, $"layer{stage}.{i}", channels, next));
                channels = next;
            }

            builder.Stage($"layer{stage}", [.. blocks]);
        }

        builder.Stage("linear", builder.Linear("linear", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Block(NetworkBuilder builder, string name, int input, int output)
    {
        var stride = output / input;
        var first = builder.Join(
            builder.Convolution($"{name}.conv1", input, output, 3, stride), builder.Normalization($"{name}.bn1", output));
        var second = builder.Join(
            builder.Convolution($"{name}.conv2", output, output, 3), builder.Normalization($"{name}.bn2", output, relu: false));
        return x =>
        {
            var shortcut = stride == 1 ? x : WithoutParameters(x, output - input);
            return second.Forward(first.Forward(x)).PlusInPlace(shortcut).relu_();
        };
    }

    private static Tensor WithoutParameters(Tensor x, int newChannels) => functional.pad(
        Pooling.Every(x, 2),
        [0, 0, 0, 0, newChannels / 2, newChannels / 2]);
}
