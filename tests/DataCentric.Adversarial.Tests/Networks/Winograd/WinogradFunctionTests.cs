using DataCentric.Adversarial.Networks.Winograd;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks.Winograd;

/// <summary>Against torch's convolution in float64.</summary>
public class WinogradFunctionTests
{
    private const double Allowed = 3e-5; // of the largest value

    [Theory]
    [InlineData(1, 32, 32, 4, 4)]
    [InlineData(2, 32, 48, 8, 8)]
    [InlineData(3, 64, 32, 5, 7)] // tiles that reach over both edges
    [InlineData(2, 160, 160, 11, 11)]
    [InlineData(40, 32, 32, 9, 6)] // more than one block of tiles, the last not full
    [InlineData(1, 32, 32, 3, 3)] // a map smaller than a tile
    public void Values_and_gradient_are_those_of_a_convolution(int count, int input, int output, int height, int width)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = (Draw(1, count, input, height, width), Draw(2, output, input, 3, 3).ChannelsLast(), Draw(3, output));
        var direction = Draw(4, count, output, height, width);
        var exact = x.to(float64).requires_grad_(true);
        var expected = nn.functional.conv2d(exact, weight.to(float64), bias.to(float64), padding: [1, 1]);
        var expectedGradient = Gradients.Of((expected * direction.to(float64)).sum(), exact)[0];

        var given = x.ChannelsLast().requires_grad_(true);
        var y = WinogradFunction.Compute(given, new(weight, WinogradWeight.Exchange(weight), bias));
        var gradient = Gradients.Of((y * direction).sum(), given)[0];

        Difference(y, expected).ShouldBeLessThan(Allowed);
        Difference(gradient, expectedGradient).ShouldBeLessThan(Allowed);
    }

    [Fact]
    public void Without_gradient_and_bias_and_from_any_memory_format_the_values_are_the_same()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (x, weight) = (Draw(1, 2, 32, 8, 8), Draw(2, 32, 32, 3, 3).ChannelsLast());
        var layer = new WinogradWeight(weight, WinogradWeight.Exchange(weight), Bias: null);

        var planar = WinogradFunction.Compute(x, layer);
        var interleaved = WinogradFunction.Compute(x.ChannelsLast(), layer);

        planar.data<float>().ToArray().ShouldBe(interleaved.data<float>().ToArray());
        Difference(planar, nn.functional.conv2d(x.to(float64), weight.to(float64), padding: [1, 1])).ShouldBeLessThan(Allowed);
    }

    [Fact]
    public void A_chain_with_relu_in_place_and_a_residual_sum_has_the_gradient_of_the_plain_chain()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (Draw(1, 2, 32, 10, 10).ChannelsLast(), Draw(2, 32, 32, 3, 3).ChannelsLast());
        var layer = new WinogradWeight(weight, WinogradWeight.Exchange(weight), Bias: null);

        var ours = Gradient(x, start => WinogradFunction.Compute(start, layer));
        var plain = Gradient(x.to(float64), start => nn.functional.conv2d(start, weight.to(float64), padding: [1, 1]));

        Difference(ours, plain).ShouldBeLessThan(1e-4);

        static Tensor Gradient(Tensor input, Func<Tensor, Tensor> convolve)
        {
            var start = input.detach().requires_grad_(true);
            var once = convolve(start).relu_();
            var twice = convolve(once).PlusInPlace(start).relu_();
            var map = convolve(twice);
            return Gradients.Of((map * map).sum(), start)[0];
        }
    }

    [Theory]
    [InlineData(32, 32, 3, true)]
    [InlineData(16, 32, 3, false)]
    [InlineData(40, 32, 3, false)]
    [InlineData(64, 64, 1, false)]
    public void Layers_with_few_channels_or_other_kernels_are_left_to_torch(int input, int output, int kernel, bool taken)
    {
        using var weight = zeros(output, input, kernel, kernel);

        WinogradConvolution.Takes(weight).ShouldBe(taken && System.Runtime.Intrinsics.X86.Fma.IsSupported);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(32, true)]
    public void Maps_that_tiles_do_not_fit_are_left_to_torch(int side, bool pays) => WinogradConvolution.Pays(side, side).ShouldBe(pays);

    private static Tensor Draw(ulong seed, params long[] shape) => randn(shape, generator: new Generator(seed));

    private static double Difference(Tensor actual, Tensor expected) => ((actual.to(float64) - expected).abs().max() / expected.abs().max()).item<double>();
}
