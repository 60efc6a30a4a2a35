using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>
/// Densely connected networks (Huang et al. 2017): each layer sees the maps of all layers before it in its block; transitions halve
/// channels and sides. Names follow torchvision's DenseNet.
/// </summary>
internal sealed class DenseNet : IArchitectureFamily
{
    public IEnumerable<Architecture> Members =>
    [
        new("densenet_compact", (builder, classes) => Build(builder, classes, 16, 16, [3, 4, 4])),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, int stemWidth, int growth, int[] layersPerBlock)
    {
        var stem = builder.Join(
            builder.Convolution("features.conv0", 4 * builder.ImageChannels, stemWidth, 3), builder.Normalization("features.norm0", stemWidth));
        var parts = new List<Func<Tensor, Tensor>>();
        var channels = stemWidth;
        for (var block = 1; block <= layersPerBlock.Length; block++)
        {
            for (var i = 1; i <= layersPerBlock[block - 1]; i++)
            {
                parts.Add(Layer(builder, $"features.denseblock{block}.denselayer{i}", channels, growth));
                channels += growth;
            }

            if (block < layersPerBlock.Length)
            {
                parts.Add(Transition(builder, $"features.transition{block}", channels, channels / 2));
                channels /= 2;
            }
        }

        var last = builder.Normalization("features.norm5", channels);
        var classifier = builder.Linear("classifier", channels, classes);
        return x => classifier.ForwardPooled(last.Forward(parts.Aggregate(stem.Forward(Pooling.SpaceToDepth(x)), (y, part) => part(y))));
    }

    private static Func<Tensor, Tensor> Layer(NetworkBuilder builder, string name, int input, int growth)
    {
        var activate = builder.Normalization($"{name}.norm1", input);
        var grow = builder.Convolution($"{name}.conv1", input, growth, 3);
        return x => cat([x, grow.Forward(activate.Forward(x))], 1);
    }

    private static Func<Tensor, Tensor> Transition(NetworkBuilder builder, string name, int input, int output)
    {
        var activate = builder.Normalization($"{name}.norm", input);
        var narrow = builder.Convolution($"{name}.conv", input, output, 1);
        return x => Pooling.Halve(narrow.Forward(activate.Forward(x)), 2);
    }
}
