using System.Globalization;
using DataCentric.Adversarial.Networks;
using DataCentric.Attacks;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

public class ArchitectureTests
{
    /// <summary>All but the three that are only larger than others, which take a gigabyte each; <see cref="ImageNet.TorchvisionTests"/> have them.</summary>
    public static TheoryData<string> Names => [.. Architectures.Names.Except(["vgg16_bn_imagenet", "wide_resnet50_2_imagenet", "resnet101_imagenet"])];

    /// <summary>VGG-16 has no normalisation to be folded.</summary>
    public static TheoryData<string> Foldable => [.. Names.Select(row => row.Data).Except(["vgg16_imagenet"])];

    [Fact]
    public void Apps_without_torch_know_all_networks_by_name() => TrainableNetworks.All.ShouldBe(Architectures.Names);

    [Theory]
    [InlineData("resnet8", 75_290)]
    [InlineData("resnet20", 269_722)] // He et al. 2016, table 6: 0.27 M
    [InlineData("resnet32", 464_154)] // 0.46 M
    [InlineData("resnet18", 11_173_962)] // to preactresnet18: the networks of kuangliu/pytorch-cifar, counted in PyTorch
    [InlineData("resnet50", 23_520_842)]
    [InlineData("densenet121", 6_956_298)]
    [InlineData("densenet121_k12", 1_000_618)]
    [InlineData("vgg16_bn", 14_728_266)]
    [InlineData("mobilenet_v2", 2_296_922)]
    [InlineData("preactresnet18", 11_171_146)]
    [InlineData("wrn_28_4", 5_849_050)] // Zagoruyko and Komodakis 2016, tables 4 and 5: 5.8 M
    [InlineData("wrn_28_10", 36_479_194)] // 36.5 M
    [InlineData("wrn_34_10", 46_160_474)] // 46.16 M, RobustBench's Rice2020Overfitting and many others
    [InlineData("resnet9_16", 412_954)]
    [InlineData("resnet9_32", 1_646_122)]
    [InlineData("resnet50_compact", 224_714)]
    [InlineData("wrn_compact", 310_858)]
    [InlineData("densenet_compact", 98_858)]
    [InlineData("vgg_compact", 145_242)]
    [InlineData("mobilenet_compact", 92_586)]
    [InlineData("preactresnet_compact", 308_378)]
    [InlineData("resnet18_imagenet", 11_181_642)] // to mobilenet_v2_imagenet: torchvision's networks with 10 classes, counted in PyTorch
    [InlineData("resnet34_imagenet", 21_289_802)]
    [InlineData("resnet50_imagenet", 23_528_522)]
    [InlineData("resnet101_imagenet", 42_520_650)]
    [InlineData("wide_resnet50_2_imagenet", 66_854_730)]
    [InlineData("densenet121_imagenet", 6_964_106)]
    [InlineData("vgg16_imagenet", 134_301_514)]
    [InlineData("vgg16_bn_imagenet", 134_309_962)]
    [InlineData("mobilenet_v2_imagenet", 2_236_682)]
    public void Parameters_are_as_many_as_designed(string name, long count)
    {
        using var network = MakeBlank(name);

        network.ParameterCount.ShouldBe(count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_architecture_takes_any_image_size_and_class_count(string name)
    {
        using var scope = NewDisposeScope();
        using var network = MakeBlank(name, classes: 7);

        foreach (var (height, width) in new[] { (8, 8), (28, 28), (33, 20) })
            network.Forward(rand(2, 3, height, width)).shape.ShouldBe([2, 7]);
    }

    [Theory]
    [MemberData(nameof(Foldable))]
    public void A_frozen_network_is_the_same_function(string name)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        using var network = Make(name);
        var generator = new Generator(3);
        using (no_grad())
        {
            foreach (var tensor in network.State.Where(tensor => tensor.Role != TensorRole.Weight))
                tensor.Value.copy_(rand(tensor.Value.shape, generator: generator).Plus(0.5));
        }

        var images = randn([4, 3, 20, 20], generator: generator);
        var plain = network.Forward(images);
        network.Enter(Phase.Frozen);
        var folded = network.Forward(images);

        var scale = plain.abs().max().item<float>();
        (folded - plain).abs().max().item<float>().ShouldBeLessThan(1e-4f * scale);
        folded.requires_grad.ShouldBeFalse();
    }

    [Theory]
    [InlineData("resnet18", "stem 64, layer1 64, layer2 128/2, layer3 256/4, layer4 512/8")]
    [InlineData("resnet20", "stem 16, layer1 16, layer2 32/2, layer3 64/4")]
    [InlineData("resnet32", "stem 16, layer1 16, layer2 32/2, layer3 64/4")]
    [InlineData("resnet50", "stem 64, layer1 256, layer2 512/2, layer3 1024/4, layer4 2048/8")]
    [InlineData("preactresnet18", "stem 64, layer1 64, layer2 128/2, layer3 256/4, layer4 512/8")]
    [InlineData("wrn_28_4", "stem 16, block1 64, block2 128/2, block3 256/4")]
    [InlineData("wrn_28_10", "stem 16, block1 160, block2 320/2, block3 640/4")]
    [InlineData("wrn_34_10", "stem 16, block1 160, block2 320/2, block3 640/4")]
    [InlineData("vgg16_bn", "block1 64/2, block2 128/4, block3 256/8, block4 512/16, block5 512/32")]
    [InlineData("mobilenet_v2", "stem 32, row1 16, row2 24, row3 32/2, row4 64/4, row5 96/4, row6 160/8, row7 320/8")]
    [InlineData("densenet121", "stem 64, dense1 256, trans1 128/2, dense2 512/2, trans2 256/4, dense3 1024/4, trans3 512/8, dense4 1024/8")]
    [InlineData("densenet121_k12", "stem 24, dense1 96, trans1 48/2, dense2 192/2, trans2 96/4, dense3 384/4, trans3 192/8, dense4 384/8")]
    public void Each_stage_has_the_channels_and_the_size_of_the_published_network(string name, string stages)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        using var network = MakeBlank(name, classes: 7);

        foreach (var (height, width) in new[] { (32, 32), (64, 64), (40, 48) })
        {
            var x = rand(1, 3, height, width);
            var shapes = new List<string>();
            foreach (var stage in network.Stages.SkipLast(1))
            {
                x = stage.Forward(x);
                shapes.Add($"{stage.Name} {string.Join('x', x.shape)}");
            }

            shapes.ShouldBe(stages.Split(", ").Select(stage => Expected(stage, height, width)));
            network.Stages[^1].Forward(x).shape.ShouldBe([1, 7]);
        }
    }

    [Fact]
    public void Weights_are_a_function_of_the_seed()
    {
        using var one = Make("vgg_compact", seed: 1);
        using var same = Make("vgg_compact", seed: 1);
        using var other = Make("vgg_compact", seed: 2);

        Values(same).ShouldBe(Values(one));
        Values(other).ShouldNotBe(Values(one));
    }

    [Fact]
    public void An_unknown_architecture_is_refused_with_the_names_that_exist()
    {
        Should.Throw<InputException>(() => Architectures.Get("resnet9000")).Message.ShouldContain("resnet20");
    }

    private static Network Make(string name, int classes = 10, ulong seed = 1) => new(Architectures.Get(name), classes, new RandomWeights(seed));

    /// <summary>The shape that a stage such as <c>layer2 512/2</c>, channels and divisor of the sides, should have.</summary>
    private static string Expected(string stage, int height, int width)
    {
        var parts = stage.Split(' ', '/');
        var divisor = parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 1;
        return $"{parts[0]} 1x{parts[1]}x{(height + divisor - 1) / divisor}x{(width + divisor - 1) / divisor}";
    }

    private static Network MakeBlank(string name, int classes = 10) => new(Architectures.Get(name), classes, new BlankWeights());

    private static float[] Values(Network network) => network.State[0].Value.contiguous().data<float>().ToArray();

    private sealed class BlankWeights : IWeightSource
    {
        public float[] Take(string name, long[] shape, Initial initial) => new float[shape.Aggregate(1L, (product, side) => product * side)];
    }
}
