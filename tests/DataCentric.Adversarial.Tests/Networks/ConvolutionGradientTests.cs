using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

/// <summary>oneDNN has kernels in bfloat16 whose gradients are wrong on some processors; no network may meet one.</summary>
public class ConvolutionGradientTests
{
    private const int Images = 4;

    [Theory]
    [InlineData(3, 32, 3, 1, 1)]
    [InlineData(3, 32, 3, 2, 1)]
    [InlineData(16, 16, 3, 1, 1)]
    [InlineData(64, 64, 3, 1, 1)]
    [InlineData(64, 128, 3, 2, 1)]
    [InlineData(96, 24, 1, 1, 1)]
    [InlineData(32, 32, 3, 1, 32)]
    [InlineData(96, 96, 3, 2, 96)]
    [InlineData(144, 144, 3, 1, 144)]
    public void In_bfloat16_gradients_of_maps_and_weights_have_the_direction_of_float32(int channels, int outputs, int kernel, int stride, int groups)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        foreach (var side in new[] { 4, 8, 16, 32 })
        {
            var images = randn([Images, channels, side, side], generator: generator).ChannelsLast();
            var weight = randn([outputs, channels / groups, kernel, kernel], generator: generator);
            var direction = randn([Images, outputs, side / stride, side / stride], generator: generator);

            var expected = Gradient(ScalarType.Float32);
            var actual = Gradient(ScalarType.BFloat16);

            for (var i = 0; i < expected.Length; i++)
                Cosine(expected[i], actual[i]).ShouldBeGreaterThan(0.999, $"side {side}, {(i == 0 ? "map" : "weight")}");

            Tensor[] Gradient(ScalarType format)
            {
                var map = images.to(format).detach().requires_grad_(true);
                var own = weight.clone().requires_grad_(true);
                var convolution = new Convolution(new Mode(), own, bias: null, kernel / 2, stride, groups);
                return Gradients.Of((convolution.Forward(map).to(ScalarType.Float32) * direction).sum(), map, own);
            }
        }
    }

    private static double Cosine(Tensor a, Tensor b)
    {
        var (left, right) = (a.to(ScalarType.Float64), b.to(ScalarType.Float64));
        return ((left * right).sum() / ((left * left).sum() * (right * right).sum()).sqrt()).item<double>();
    }
}
