using static DataCentric.Benchmarks.Plain.PlainLayers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Benchmarks.Plain;

/// <summary>The full-size networks as TorchSharp modules, layer by layer those of the registry.</summary>
internal static class PlainNetworks
{
    public static Module<Tensor, Tensor> Make(string name, int classes) => name switch
    {
        "resnet20" => CifarResNet(3, classes),
        "resnet32" => CifarResNet(5, classes),
        "resnet50" => ResNet50(classes),
        "wrn_28_4" => WideResNet(28, 4, classes),
        "wrn_28_10" => WideResNet(28, 10, classes),
        "wrn_34_10" => WideResNet(34, 10, classes),
        "densenet121_k12" => DenseNet121(12, classes),
        "densenet121" => DenseNet121(32, classes),
        "vgg16_bn" => Vgg16(classes),
        "mobilenet_v2" => MobileNetV2(classes),
        _ => throw new InputException($"There is no plain network {name}."),
    };

    private static Module<Tensor, Tensor> CifarResNet(int blocks, int classes)
    {
        var parts = new List<Module<Tensor, Tensor>> { ConvNorm(3, 16, 3) };
        var channels = 16;
        foreach (var width in (int[])[16, 32, 64])
        {
            for (var i = 0; i < blocks; i++)
            {
                var stride = width / channels;
                var main = Sequential(ConvNorm(channels, width, 3, stride), ConvNorm(width, width, 3, relu: false));
                parts.Add(new PlainResidual(main, stride == 1 ? null : new PlainDownsample(width - channels), relu: true));
                channels = width;
            }
        }

        return Sequential([.. parts, Classifier(channels, classes)]);
    }

    private static Module<Tensor, Tensor> ResNet50(int classes)
    {
        var parts = new List<Module<Tensor, Tensor>> { ConvNorm(3, 64, 3) };
        var channels = 64;
        foreach (var (stage, blocks) in new[] { 3, 4, 6, 3 }.Index())
        {
            var width = 64 << stage;
            for (var i = 0; i < blocks; i++)
            {
                var stride = i == 0 && stage > 0 ? 2 : 1;
                var main = Sequential(
                    ConvNorm(channels, width, 1), ConvNorm(width, width, 3, stride), ConvNorm(width, 4 * width, 1, relu: false));
                parts.Add(new PlainResidual(main, i > 0 ? null : ConvNorm(channels, 4 * width, 1, stride, relu: false), relu: true));
                channels = 4 * width;
            }
        }

        return Sequential([.. parts, Classifier(channels, classes)]);
    }

    private static Module<Tensor, Tensor> WideResNet(int depth, int factor, int classes)
    {
        var parts = new List<Module<Tensor, Tensor>> { Conv(3, 16, 3) };
        var channels = 16;
        for (var group = 0; group < 3; group++)
        {
            var width = (16 << group) * factor;
            for (var i = 0; i < (depth - 4) / 6; i++)
            {
                var stride = i == 0 && group > 0 ? 2 : 1;
                var main = Sequential(ConvNorm(channels, width, 3, stride), Conv(width, width, 3));
                var before = Sequential(BatchNorm2d(channels), ReLU());
                parts.Add(channels == width
                    ? new PlainResidual(Sequential(before, main), null, relu: false)
                    : new PlainResidual(main, Conv(channels, width, 1, stride), relu: false, before));
                channels = width;
            }
        }

        return Sequential([.. parts, BatchNorm2d(channels), ReLU(), Classifier(channels, classes)]);
    }

    private static Module<Tensor, Tensor> DenseNet121(int growth, int classes)
    {
        var parts = new List<Module<Tensor, Tensor>> { Conv(3, 2 * growth, 3) };
        var channels = 2 * growth;
        foreach (var (block, layers) in new[] { 6, 12, 24, 16 }.Index())
        {
            for (var i = 0; i < layers; i++)
            {
                parts.Add(new PlainDense(Sequential(
                    BatchNorm2d(channels), ReLU(), ConvNorm(channels, 4 * growth, 1), Conv(4 * growth, growth, 3))));
                channels += growth;
            }

            if (block < 3)
            {
                parts.Add(Sequential(BatchNorm2d(channels), ReLU(), Conv(channels, channels / 2, 1), AvgPool2d(2, ceil_mode: true)));
                channels /= 2;
            }
        }

        return Sequential([.. parts, BatchNorm2d(channels), ReLU(), Classifier(channels, classes)]);
    }

    private static Module<Tensor, Tensor> Vgg16(int classes)
    {
        var parts = new List<Module<Tensor, Tensor>>();
        var channels = 3;
        foreach (var width in (int[])[64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0])
        {
            parts.Add(width == 0 ? MaxPool2d(2, ceil_mode: true) : ConvNorm(channels, width, 3, bias: true));
            channels = width == 0 ? channels : width;
        }

        return Sequential([.. parts, Classifier(channels, classes)]);
    }

    private static Module<Tensor, Tensor> MobileNetV2(int classes)
    {
        (int Expansion, int Width, int Count, int Stride)[] rows =
            [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
        var parts = new List<Module<Tensor, Tensor>> { ConvNorm(3, 32, 3) };
        var channels = 32;
        foreach (var (expansion, width, count, rowStride) in rows)
        {
            for (var i = 0; i < count; i++)
            {
                var (hidden, stride) = (channels * expansion, i == 0 ? rowStride : 1);
                var main = Sequential(
                    ConvNorm(channels, hidden, 1), ConvNorm(hidden, hidden, 3, stride, hidden), ConvNorm(hidden, width, 1, relu: false));
                parts.Add(stride == 2
                    ? main
                    : new PlainResidual(main, channels == width ? null : ConvNorm(channels, width, 1, relu: false), relu: false));
                channels = width;
            }
        }

        return Sequential([.. parts, ConvNorm(channels, 1280, 1), Classifier(1280, classes)]);
    }
}
