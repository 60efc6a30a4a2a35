using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class PerturbationPartTests
{
    private static readonly AttackOptions Options = new() { LinfStep = 3, L2Step = 0.4 };

    [Fact]
    public void The_linf_part_steps_by_the_sign_up_to_its_radius()
    {
        using var scope = NewDisposeScope();
        var batch = TrainedSurrogates.Batch(2);
        var grey = ones_like(Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape)).Times(0.5);
        using var part = new LinfPart(grey, Options, batch);
        var direction = zeros_like(grey);
        direction[0, 0, 0, 0] = tensor(1e-20f);
        direction[0, 0, 0, 1] = tensor(-100f);

        foreach (var expected in new[] { 3, 6, 8, 8 })
        {
            part.Step(direction);
            (255 * part.Value[0, 0, 0, 0].item<float>()).ShouldBe(expected, 1e-4f);
            (255 * part.Value[0, 0, 0, 1].item<float>()).ShouldBe(-expected, 1e-4f);
        }

        part.Value[1].abs().max().item<float>().ShouldBe(0);
    }

    [Fact]
    public void The_l2_part_steps_by_its_length_for_each_sample_up_to_its_radius_and_a_zero_direction_moves_nothing()
    {
        using var scope = NewDisposeScope();
        var batch = TrainedSurrogates.Batch(2);
        var grey = ones_like(Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape)).Times(0.5);
        using var part = new L2Part(grey, Options, batch);
        var direction = zeros_like(grey);
        direction[0] = randn_like(direction[0]);

        foreach (var expected in new[] { 0.4f, 0.8f, 1, 1 })
        {
            part.Step(direction);
            part.Value[0].norm().item<float>().ShouldBe(expected, 1e-4f);
        }

        part.Value[1].abs().max().item<float>().ShouldBe(0);
    }

    [Fact]
    public void Both_parts_keep_pixels_between_black_and_white()
    {
        using var scope = NewDisposeScope();
        var batch = TrainedSurrogates.Batch(2);
        var clean = Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape).round();
        foreach (PerturbationPart part in new PerturbationPart[] { new LinfPart(clean, Options, batch), new L2Part(clean, Options, batch) })
        {
            part.Step(randn_like(clean));

            var pixels = clean.Plus(part.Value);
            pixels.min().item<float>().ShouldBeGreaterThanOrEqualTo(0);
            pixels.max().item<float>().ShouldBeLessThanOrEqualTo(1);
            part.Dispose();
        }
    }

    [Fact]
    public void A_random_start_fills_the_ball_and_follows_the_sample_key()
    {
        using var scope = NewDisposeScope();
        var random = Options with { Start = AttackStart.Random };
        var batch = TrainedSurrogates.Batch(3) with { SampleKeys = [5, 6, 5] };
        var clean = Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape);
        using var linf = new LinfPart(clean, random, batch);
        using var l2 = new L2Part(clean, random, batch);

        linf.Value.abs().max().item<float>().ShouldBeInRange(7.5f / 255, 8 / 255f);
        linf.Value.mean().item<float>().ShouldBe(0, 0.001f);
        l2.Value[0].norm().item<float>().ShouldBeInRange(0.98f, 1); // u^(1/768)
        foreach (var value in new[] { linf.Value, l2.Value })
        {
            value[2].Equals(value[0]).ShouldBeTrue();
            value[1].Equals(value[0]).ShouldBeFalse();
        }
    }
}
