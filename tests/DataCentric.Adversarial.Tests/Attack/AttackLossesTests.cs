using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class AttackLossesTests
{
    [Theory] // (max of the others - own) / (first - third)
    [InlineData(new[] { 1f, 2, 4, 0 }, 2, -2 / 3.0)]
    [InlineData(new[] { 1f, 2, 4, 0 }, 1, 2 / 3.0)]
    [InlineData(new[] { 1f, 2, 4, 0 }, 3, 4 / 3.0)]
    [InlineData(new[] { 10f, 20, 40, 0 }, 3, 4 / 3.0)]
    [InlineData(new[] { -5f, -1, -3, -9 }, 0, 1.0)]
    public void Dlr_is_the_margin_in_units_of_the_distance_to_the_third_logit(float[] logits, long label, double expected)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();

        AttackLosses.Of(AttackLoss.Dlr, tensor(logits).unsqueeze(0), tensor(new[] { label }).unsqueeze(1)).item<float>().ShouldBe((float)expected, 1e-6f);
    }

    [Fact]
    public void Each_image_has_a_loss_of_its_own()
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        var (logits, labels) = (tensor(new float[,] { { 1, 2, 3 }, { 0, 0, 0 } }), tensor(new long[] { 2, 0 }).unsqueeze(1));

        AttackLosses.Of(AttackLoss.Logit, logits, labels).data<float>().ToArray().ShouldBe([-3, 0]);
        AttackLosses.Of(AttackLoss.TargetLogit, logits, labels).data<float>().ToArray().ShouldBe([3, 0]);
        AttackLosses.Of(AttackLoss.CrossEntropy, logits, labels).data<float>().ToArray().ShouldBe([0.40760596f, 1.0986123f], 1e-6); // ln(1 + e^-1 + e^-2), ln 3
    }

    [Fact]
    public void Two_classes_are_too_few_for_dlr()
    {
        new AttackOptions { Loss = AttackLoss.Dlr }.LossProblem(2).ShouldBe("loss: dlr compares the three largest logits; with 2 classes take logit or cross-entropy.");
        new AttackOptions { Loss = AttackLoss.Dlr }.LossProblem(3).ShouldBeNull();
        new AttackOptions().LossProblem(2).ShouldBeNull();
    }
}
