using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks.ImageNet;

/// <summary>
/// VGG-16 without and with batch norm (Simonyan and Zisserman 2015, table 1, column D) as torchvision's vgg.py has it: maps of any size are
/// averaged to 7x7 places, of which three linear layers make the logits; odd sides lose their last row and column when they are halved.
/// </summary>
internal sealed class ImageNetVgg : IArchitectureFamily
{
    private const int Places = 7;
    private const int Hidden = 4096;

    private static readonly int[][] Blocks = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    public IEnumerable<Architecture> Members =>
    [
        ImageNetArchitecture.Of("vgg16", (builder, classes) => Build(builder, classes, normalized: false)),
        ImageNetArchitecture.Of("vgg16_bn", (builder, classes) => Build(builder, classes, normalized: true)),
    ];

    private static Func<Tensor, Tensor> Build(NetworkBuilder builder, int classes, bool normalized)
    {
        var (channels, index) = (3, 0);
        for (var block = 0; block < Blocks.Length; block++)
        {
            var parts = new List<Func<Tensor, Tensor>>();
            foreach (var width in Blocks[block])
            {
                var convolution = builder.Convolution($"features.{index}", channels, width, 3, bias: true);
                parts.Add(normalized
                    ? builder.Join(convolution, builder.Normalization($"features.{index + 1}", width)).Forward
                    : x => convolution.Forward(x).relu_());
                (channels, index) = (width, index + (normalized ? 3 : 2)); // convolution, batch norm if any, ReLU
            }

            builder.Stage($"block{block + 1}", [.. parts, Pooling.HalveWholeByMaximum]);
            index++;
        }

        var first = builder.Linear("classifier.0", channels * Places * Places, Hidden);
        var second = builder.Linear("classifier.3", Hidden, Hidden);
        var last = builder.Linear("classifier.6", Hidden, classes);
        builder.Stage("classifier", x => last.Forward(second.Forward(first.Forward(Flat(x)).relu_()).relu_()));
        return builder.ThroughStages;
    }

    // (N, C, H, W) to (N, C x 7 x 7) in PyTorch's order, float32 as linear layers are.
    private static Tensor Flat(Tensor x) => functional.adaptive_avg_pool2d(x, [Places, Places]).to(ScalarType.Float32).flatten(1);
}
