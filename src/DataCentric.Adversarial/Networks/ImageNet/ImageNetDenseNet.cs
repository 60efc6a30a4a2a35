using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.ImageNet;

/// <summary>
/// DenseNet-121 with growth rate 32 (Huang et al. 2017, table 1: DenseNet-BC, blocks of 6, 12, 24 and 16 layers) as torchvision's densenet.py
/// has it: old maps come before new ones, and transitions drop the last row and column of odd sides.
/// </summary>
internal sealed class ImageNetDenseNet : IArchitectureFamily
{
    private const int Growth = 32;
    private const int BottleneckFactor = 4;
    private static readonly int[] LayersPerBlock = [6, 12, 24, 16];

    public IEnumerable<Architecture> Members => [ImageNetArchitecture.Of("densenet121", Build)];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes)
    {
        var channels = 2 * Growth;
        var stem = builder.Join(
            builder.Convolution("features.conv0", 3, channels, 7, stride: 2), builder.Normalization("features.norm0", channels));
        builder.Stage("stem", stem.Forward, Pooling.HalveByOverlappingMaximum);
        for (var block = 1; block <= LayersPerBlock.Length; block++)
        {
            var layers = new List<Func<Tensor, Tensor>>();
            for (var i = 1; i <= LayersPerBlock[block - 1]; i++)
            {
                layers.Add(Layer(builder, $"features.denseblock{block}.denselayer{i}", channels));
                channels += Growth;
            }

            builder.Stage($"denseblock{block}", [.. layers]);
            if (block < LayersPerBlock.Length)
            {
                builder.Stage($"transition{block}", Transition(builder, $"features.transition{block}", channels));
                channels /= 2;
            }
        }

        var last = builder.Normalization("features.norm5", channels);
        builder.Stage("classifier", last.Forward, builder.Linear("classifier", channels, classes).ForwardPooled);
        return builder.ThroughStages;
    }

    private static Func<Tensor, Tensor> Layer(NetworkBuilder builder, string name, int input)
    {
        var activate = builder.Normalization($"{name}.norm1", input);
        var narrow = builder.Join(
            builder.Convolution($"{name}.conv1", input, BottleneckFactor * Growth, 1),
            builder.Normalization($"{name}.norm2", BottleneckFactor * Growth));
        var grow = builder.Convolution($"{name}.conv2", BottleneckFactor * Growth, Growth, 3);
        return x => cat([x, grow.Forward(narrow.Forward(activate.Forward(x)))], 1);
    }

    private static Func<Tensor, Tensor> Transition(NetworkBuilder builder, string name, int input)
    {
        var activate = builder.Normalization($"{name}.norm", input);
        var narrow = builder.Convolution($"{name}.conv", input, input / 2, 1);
        return x => Pooling.HalveWhole(narrow.Forward(activate.Forward(x)));
    }
}
