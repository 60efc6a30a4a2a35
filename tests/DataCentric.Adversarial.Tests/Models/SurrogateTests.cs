using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Models;

/// <summary>
/// The gradient of a frozen surrogate (folded, channels-last) against the plain network's: batch norm on its own, maps in PyTorch's
/// default layout. ReLU and maxima have kinks. Where a unit is within rounding of one, both sides of it are right, and of a few thousand
/// units near the end one on the other side is worth 1e-4 in cosine. So gradients are summed over copies of one image that differ by
/// less than a level: each copy has other units near a kink, and in the sum those count little.
/// </summary>
public class SurrogateTests
{
    private const int Copies = 8;
    private const double LessThanALevel = 1.0 / 512;

    private static readonly ChannelStatistics Statistics = new([0.49f, 0.48f, 0.45f], [0.20f, 0.20f, 0.20f]);

    /// <summary>All but the largest, which have the layers of these.</summary>
    public static TheoryData<string> Names => [.. Architectures.Names.Except(["wrn_28_10", "wrn_34_10", "densenet121", "resnet18", "resnet32", "resnet34_imagenet", "resnet101_imagenet", "wide_resnet50_2_imagenet", "vgg16_bn_imagenet"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float32_the_gradient_is_that_of_the_plain_network(string name)
    {
        var (plain, frozen) = GradientsOf(name, ScalarType.Float32);

        Cosine(Sum(plain), Sum(frozen)).ShouldBeGreaterThan(0.9999);
    }

    public static TheoryData<string> Small => [.. Architectures.Names.Where(name => name.EndsWith("_compact", StringComparison.Ordinal)), "resnet20"];

    [Theory]
    [MemberData(nameof(Small))]
    public void In_bfloat16_the_gradient_has_nearly_the_direction_of_the_plain_networks(string name)
    {
        var gradients = GradientsOf(name, ScalarType.BFloat16);
        var (plain, frozen) = (Sum(gradients.Plain), Sum(gradients.Frozen));

        Cosine(plain, frozen).ShouldBeGreaterThan(0.9);
        Enumerable.Range(0, plain.Length).Count(i => Math.Sign(plain[i]) == Math.Sign(frozen[i])).ShouldBeGreaterThan(plain.Length * 8 / 10);
    }

    [Theory]
    [InlineData("resnet20")]
    [InlineData("mobilenet_compact")]
    public void By_itself_a_surrogate_takes_bfloat16_where_it_is_fast_and_never_for_depthwise_convolutions(string name)
    {
        using var surrogate = new Surrogate(new(Architectures.Get(name), 10, new RandomWeights(1)), Statistics);
        var expected = Processor.FastBfloat16 is not null && name == "resnet20" ? ScalarType.BFloat16 : ScalarType.Float32;

        surrogate.FormatFor(GradientPrecision.Auto).ShouldBe(expected);
        surrogate.FormatFor(GradientPrecision.Float32).ShouldBe(ScalarType.Float32);
        surrogate.FormatFor(GradientPrecision.Bfloat16).ShouldBe(ScalarType.BFloat16);
    }

    [Theory]
    [InlineData("resnet20", 224, int.MaxValue)]
    [InlineData("resnet18_imagenet", 224, 16)]
    [InlineData("resnet18_imagenet", 64, 196)]
    [InlineData("resnet18_imagenet", 1024, 1)]
    public void Few_large_images_go_through_an_ImageNet_network_together(string name, int side, int most)
    {
        using var surrogate = new Surrogate(new(Architectures.Get(name), 2, new RandomWeights(1)), Statistics);

        surrogate.MostTogether(new(side, side)).ShouldBe(most);
    }

    // The gradient of each copy.
    private static (float[][] Plain, float[][] Frozen) GradientsOf(string name, ScalarType format)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        var random = new CounterRandom(4, 0, RandomStage.Texture);
        var image = Enumerable.Range(0, 3 * 32 * 32).Select(_ => random.NextDouble()).ToArray();
        var copies = Enumerable.Range(0, Copies).SelectMany(_ => image.Select(value => (float)(value + (LessThanALevel * random.NextDouble()))));
        var pixels = tensor(copies.ToArray(), [Copies, 3, 32, 32]);
        using var network = Trained(name);
        var plain = Gradient(pixels, x => network.Forward((x - Row(Statistics.Mean)) / Row(Statistics.Deviation)));
        using var surrogate = new Surrogate(Trained(name), Statistics);
        var channelsLast = pixels.ChannelsLast();
        return (plain, Gradient(channelsLast, x => surrogate.Logits(x, format)));
    }

    // Statistics as after some training: not 0 and 1, and maps that keep their size through all layers.
    private static Network Trained(string name)
    {
        var network = new Network(Architectures.Get(name), 10, new RandomWeights(2));
        using var scope = NewDisposeScope();
        network.Enter(Phase.Training);
        using var frozen = no_grad();
        for (var i = 0; i < 10; i++)
            network.Forward(randn([4, 3, 16, 16], generator: new Generator((ulong)i)));
        network.Enter(Phase.Evaluation);
        return network;
    }

    private static float[][] Gradient(Tensor pixels, Func<Tensor, Tensor> logits)
    {
        var input = pixels.detach().requires_grad_(true);
        var gradient = Gradients.Of(logits(input).select(1, 3).sum(), input)[0].contiguous().data<float>().ToArray();
        return [.. gradient.Chunk(gradient.Length / Copies)];
    }

    private static float[] Sum(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Sum(row => row[i]))];

    private static Tensor Row(float[] values) => tensor(values, [1, 3, 1, 1]);

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(y => (double)y * y));
}
