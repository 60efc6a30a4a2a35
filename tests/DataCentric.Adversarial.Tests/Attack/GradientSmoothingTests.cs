using DataCentric.Adversarial.Attack;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class GradientSmoothingTests
{
    // The seed: scipy.stats.norm.pdf at linspace(-3, 3, 5), normalised.
    private static readonly double[] Published = [0.006646, 0.194226, 0.598257, 0.194226, 0.006646];

    [Fact]
    public void The_kernel_has_the_published_weights()
    {
        var line = GradientSmoothing.Line();

        line.Select(weight => Math.Round(weight, 6)).ShouldBe(Published);
        line.Sum().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void An_impulse_becomes_the_outer_product_in_its_own_channel_and_is_cut_at_the_border()
    {
        using var scope = NewDisposeScope();
        using var smoothing = new GradientSmoothing();
        var impulse = zeros(1, 3, 8, 8);
        impulse[0, 1, 3, 4] = tensor(1f);
        impulse[0, 2, 0, 0] = tensor(1f);

        var smoothed = smoothing.Apply(impulse);

        smoothed[0, 0].abs().sum().item<float>().ShouldBe(0);
        for (var y = 0; y < 5; y++)
        {
            for (var x = 0; x < 5; x++)
                smoothed[0, 1, 1 + y, 2 + x].item<float>().ShouldBe((float)(Published[y] * Published[x]), 1e-6f);
        }

        smoothed[0, 2].sum().item<float>().ShouldBe((float)Math.Pow(Published[2] + Published[3] + Published[4], 2), 1e-5f);
    }
}
