using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

/// <summary>
/// ResNet-50 has strided 1x1 convolutions, whose gradients in oneDNN end the process with SIGFPE on machines that hide their cache
/// sizes. There is no exception to catch: a network that asked for them would end the test run.
/// </summary>
public class OneByOneConvolutionTests
{
    [Theory]
    [InlineData("resnet50", 32, GradientPrecision.Float32)]
    [InlineData("resnet50", 32, GradientPrecision.Bfloat16)]
    [InlineData("resnet50_imagenet", 64, GradientPrecision.Float32)]
    [InlineData("resnet50_imagenet", 64, GradientPrecision.Bfloat16)]
    [InlineData("densenet121_imagenet", 64, GradientPrecision.Bfloat16)]
    [InlineData("mobilenet_v2_imagenet", 64, GradientPrecision.Bfloat16)]
    public void Networks_with_1x1_convolutions_are_trained_and_attacked_to_the_end(string name, int side, GradientPrecision precision)
    {
        var images = Patterns.Make(2, side);
        var adversary = new TorchAdversary();
        using var file = new MemoryStream();
        var training = new SurrogateOptions { Epochs = 1, BatchSize = 2 };

        var result = adversary.Train(new(name, images, Patterns.Classes, 1, training), file, null, CancellationToken.None);
        file.Position = 0;
        using var ensemble = adversary.Load([file], images.Shape, Patterns.Classes);
        var attacked = ensemble.Attack(
            new(images, [0, 1], 1), new() { Iterations = 1, Precision = precision }, null, CancellationToken.None);

        result.Loss.ShouldBeGreaterThan(0);
        attacked.Pixels.ShouldNotBe(images.Pixels);
    }

    // All other 1x1 convolutions, such as the shortcuts of wide and pre-activation networks, are made by the same builder.
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 4)]
    public void A_1x1_convolution_with_a_stride_or_groups_cannot_be_built(int stride, int groups)
    {
        Should.Throw<ArgumentException>(() => new NetworkBuilder(new RandomWeights(1), CPU).Convolution("shortcut", 8, 8, 1, stride, groups))
            .Message.ShouldContain("shortcut");
    }
}
