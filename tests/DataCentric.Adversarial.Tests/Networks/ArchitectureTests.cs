using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

public class ArchitectureTests
{
    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory]
    [InlineData("resnet20", 269_722)] // He et al. 2016, table 6: 0.27 M
    [InlineData("resnet32", 464_154)] // 0.46 M
    [InlineData("resnet50_compact", 224_714)]
    [InlineData("wrn_compact", 310_858)]
    [InlineData("densenet_compact", 98_858)]
    [InlineData("vgg_compact", 145_242)]
    [InlineData("mobilenet_compact", 92_586)]
    [InlineData("preactresnet_compact", 308_378)]
    public void Parameters_are_as_many_as_designed(string name, long count)
    {
        using var network = Make(name);

        network.ParameterCount.ShouldBe(count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_architecture_takes_any_image_size_and_class_count(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Make(name, classes: 7);

        foreach (var (height, width) in new[] { (8, 8), (28, 28), (33, 20) })
            network.Forward(rand(2, 3, height, width)).shape.ShouldBe([2, 7]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frozen_network_is_the_same_function(string name)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        using var network = Make(name);
        var generator = new Generator(3);
        using (no_grad())
        {
            foreach (var tensor in network.State.Where(tensor => tensor.Role != TensorRole.Weight))
                tensor.Value.copy_(rand(tensor.Value.shape, generator: generator) + 0.5);
        }

        var images = randn([4, 3, 20, 20], generator: generator);
        var plain = network.Forward(images);
        network.Enter(Phase.Frozen);
        var folded = network.Forward(images);

        var scale = plain.abs().max().item<float>();
        (folded - plain).abs().max().item<float>().ShouldBeLessThan(1e-4f * scale);
        folded.requires_grad.ShouldBeFalse();
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

    private static float[] Values(Network network) => network.State[0].Value.contiguous().data<float>().ToArray();
}
