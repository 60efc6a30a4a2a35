using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

/// <summary>
/// Equations 0 and 3 to 6 by hand, on surrogates that are linear in the mean of each channel: z_k = sum_c W_kc mean(x_c) / s_c with
/// s = (0.5, 0.25, 0.2), so dz_y / dx = W_yc / (64 s_c) everywhere on 8x8 pixels. For the true class 1 the two have W = (1, -2, 0) and
/// (5, 2, 0), weighted 3 to 1: (2, -1, 0). So the gradient of J = -z_y is (-4, 4, 0) / 64.
/// </summary>
public class EquationTests
{
    private const int Side = 8;
    private static readonly ImageShape Shape = new(Side, Side);
    private static readonly ChannelStatistics Statistics = new([0.5f, 0.5f, 0.5f], [0.5f, 0.25f, 0.2f]);
    private static readonly AttackOptions Plain = new()
    {
        Diversity = DiversityDraw.Off,
        Smoothing = SmoothingOrder.Off,
        L2Step = 0.1,
        Precision = GradientPrecision.Float32,
    };

    [Fact] // eq. 4, 5, 0
    public void The_sign_of_the_weighted_gradient_moves_linf_by_its_step()
    {
        var linf = Attack<LinfPart>(Plain, iterations: 1);

        Check(linf, (_, _) => 2 / 255.0);
    }

    [Fact] // eq. 4, 5, 0: 128 of 192 values are equal in size, so each is 1 / sqrt(128) of the step
    public void The_weighted_gradient_moves_l2_by_a_step_of_its_length()
    {
        var l2 = Attack<L2Part>(Plain, iterations: 1);

        Check(l2, (_, _) => 0.1 * 0.08838835);
    }

    [Fact] // With weights 1 to 3, W = (4, 1, 0): the gradient is (-8, -4, 0) / 64, of norm 8.944272 / 8
    public void Other_weights_of_the_ensemble_are_another_gradient()
    {
        var l2 = Attack<L2Part>(Plain, iterations: 1, weights: [0.25, 0.75]);

        l2[0].ShouldBe(-0.1f * 0.125f / 1.118034f, 1e-7f);
        l2[1].ShouldBe(-0.1f * 0.0625f / 1.118034f, 1e-7f);
    }

    [Fact] // eq. 3: rows and columns 0 to 7 of 8 are seen 2, 1, 1, 1, 1, 1, 1, 1 times in 9, and the mean is over 11 x 11
    public void The_gradient_comes_back_through_resize_and_padding()
    {
        using var scope = NewDisposeScope();
        using var surrogate = Linear(1, -2);
        var input = ones(1, 3, Side, Side).Times(0.5).requires_grad_(true);

        var seen = new InputDiversity(9, 9, 1, 0, new(11, 11)).Apply(input);
        var gradient = Gradients.Of(surrogate.Logits(seen).select(1, 1).sum(), input)[0];

        gradient[0, 0, 0, 0].item<float>().ShouldBe(4 * 2 / 121f, 1e-6f);
        gradient[0, 0, 0, 5].item<float>().ShouldBe(2 * 2 / 121f, 1e-6f);
        gradient[0, 0, 3, 5].item<float>().ShouldBe(2 / 121f, 1e-6f);
        gradient[0, 1, 3, 5].item<float>().ShouldBe(-8 / 121f, 1e-6f);
    }

    // eq. 6: the kernel's weights that fall on the image sum to 0.799129 in row and column 0 and 7, to 0.993355 in 1 and 6, else to 1. The
    // squares of all eight sum to 7.250722, so the norm over two channels is sqrt(2) 7.250722 = 10.254069 times the gradient.
    [Fact]
    public void The_smoothed_momentum_steps()
    {
        double[] line = [0.799129, 0.993355, 1, 1, 1, 1, 0.993355, 0.799129];

        var l2 = Attack<L2Part>(Plain with { Smoothing = SmoothingOrder.AfterMomentum, Momentum = 0.5 }, iterations: 2);

        Check(l2, (y, x) => 2 * 0.1 * line[y] * line[x] / 10.254069); // two steps along the same direction
    }

    // The perturbation is -size in channel 0, +size in channel 1, nothing in channel 2.
    private static void Check(float[] perturbation, Func<int, int, double> size)
    {
        for (var i = 0; i < perturbation.Length; i++)
            ((double)perturbation[i]).ShouldBe((i % 3) switch { 0 => -1, 1 => 1, _ => 0 } * size(i / 3 / Side, i / 3 % Side), 1e-6, $"value {i}");
    }

    // Zhao et al. 2021, eq. 4: of two classes the other one is the target, whose logit is ascended.
    [Fact]
    public void With_a_target_the_logit_of_another_class_is_ascended()
    {
        var away = Attack<LinfPart>(Plain, iterations: 2);
        var towards = Attack<LinfPart>(Plain with { Loss = AttackLoss.TargetLogit }, iterations: 2, label: 0);

        towards.ShouldBe(away.Select(value => -value));
        away.ShouldContain(value => value != 0);
    }

    [Fact]
    public void Targets_are_drawn_for_each_sample_from_all_other_classes()
    {
        var drawn = Enumerable.Range(0, 4000).Select(n => EnsembleAttack.Target(label: 2, runSeed: 5, key: (ulong)n, classCount: 5)).CountBy(target => target).ToDictionary();

        drawn.Keys.Order().ShouldBe([0, 1, 3, 4]);
        drawn.Values.ShouldAllBe(count => Math.Abs(count - 1000) < 5 * 28); // sd = sqrt(4000 * 1/4 * 3/4) = 27
    }

    private static float[] Attack<T>(AttackOptions options, int iterations, double[]? weights = null, int label = 1)
        where T : PerturbationPart
    {
        TorchRuntime.Prepare();
        var grey = Enumerable.Repeat((byte)128, Shape.ByteLength).ToArray();
        using var first = Linear(1, -2);
        using var second = Linear(5, 2);
        using var attack = new EnsembleAttack([first, second], weights ?? [0.75, 0.25], new(new(Shape, grey, [label], ["grey"]), [0], 1), options, classCount: 2);
        for (var i = 0; i < iterations; i++)
            attack.Iterate(CancellationToken.None);
        return attack.Perturbation<T>();
    }

    private static Surrogate Linear(float red, float green) => new(
        new(new("linear", (builder, classes) => builder.Linear("linear", 3, classes).ForwardPooled), 2, new TrueClassWeights([red, green, 0])),
        Statistics);

    private sealed class TrueClassWeights(float[] weights) : IWeightSource
    {
        public float[] Take(string name, long[] shape, Initial initial) => shape.Length == 2 ? [9, 9, 9, .. weights] : [1, 2];
    }
}
