using DataCentric.Adversarial.Attack;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class GradientMomentumTests
{
    // Two samples of 3 x 1 x 2 values; l1 norms 10 and 2.
    private static readonly float[] First = [1, -2, 3, -4, 0, 0, 1, 1, 0, 0, 0, 0];
    private static readonly float[] Second = [0, 0, 0, 0, 5, 5, 0, 0, 0, 0, 0, -4];

    [Theory]
    [InlineData(MomentumNormalization.None, 1, 1)]
    [InlineData(MomentumNormalization.L1, 10, 2)]
    [InlineData(MomentumNormalization.MeanAbsolute, 10 / 6.0, 2 / 6.0)]
    public void A_gradient_is_scaled_for_each_sample(MomentumNormalization normalization, double firstDivisor, double secondDivisor)
    {
        var direction = Run(new() { MomentumNormalization = normalization, Smoothing = SmoothingOrder.Off }, First);

        Check(direction, [.. First.Select((value, i) => value / (i < 6 ? firstDivisor : secondDivisor))]);
    }

    [Fact]
    public void Momentum_adds_what_is_left_of_the_past()
    {
        var options = new AttackOptions { Momentum = 0.5, MomentumNormalization = MomentumNormalization.L1, Smoothing = SmoothingOrder.Off };

        var direction = Run(options, First, Second);

        Check(direction, [.. First.Zip(Second, (a, b) => (a, b)).Select((pair, i) => i < 6
            ? (0.5 * pair.a / 10) + (pair.b / 10)
            : (0.5 * pair.a / 2) + (pair.b / 4))]);
    }

    [Fact]
    public void A_zero_gradient_stays_zero()
    {
        foreach (var normalization in Enum.GetValues<MomentumNormalization>())
            Run(new() { MomentumNormalization = normalization }, new float[12]).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void The_order_of_smoothing_matters_only_where_the_gradient_is_normalised()
    {
        var before = new AttackOptions { Smoothing = SmoothingOrder.BeforeMomentum, MomentumNormalization = MomentumNormalization.None };
        var after = before with { Smoothing = SmoothingOrder.AfterMomentum };

        Check(Run(before, First, Second), [.. Run(after, First, Second).Select(value => (double)value)]);
        Run(before with { MomentumNormalization = MomentumNormalization.L1 }, First, Second)
            .ShouldNotBe(Run(after with { MomentumNormalization = MomentumNormalization.L1 }, First, Second));
    }

    private static float[] Run(AttackOptions options, params float[][] gradients)
    {
        using var scope = NewDisposeScope();
        using var momentum = new GradientMomentum(options, zeros(2, 3, 1, 2));
        float[] direction = [];
        foreach (var gradient in gradients)
            direction = momentum.Add(tensor(gradient, [2, 3, 1, 2])).data<float>().ToArray();
        return direction;
    }

    private static void Check(float[] actual, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], 1e-6, $"value {i}");
    }
}
