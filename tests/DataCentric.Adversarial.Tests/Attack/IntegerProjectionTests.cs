using CsCheck;
using DataCentric.Adversarial.Attack;
using DataCentric.Attacks;

namespace DataCentric.Adversarial.Tests.Attack;

public class IntegerProjectionTests
{
    private const int Length = 192;

    private static readonly Gen<AttackOptions> Options =
        from linf in Gen.Int[0, 20]
        from l2 in Gen.OneOf(Gen.Const(0.0), Gen.Double[0.001, 2])
        from quantization in Gen.Enum<Quantization>()
        select new AttackOptions { LinfEpsilon = linf, L2Epsilon = l2, Quantization = quantization };

    [Fact]
    public void Whatever_the_parts_are_the_stored_image_is_within_the_budget()
    {
        var parts = Gen.Float[-0.2f, 0.2f].Array[Length];
        Gen.Select(Options, Gen.Byte.Array[Length], parts, parts).Sample((options, clean, linf, l2) =>
        {
            var stored = new byte[Length];
            new IntegerProjection(options).Project(clean, linf, l2, stored);
            return PerturbationBudget.Of(options).Holds(clean, stored);
        });
    }

    [Fact]
    public void Parts_inside_their_balls_are_stored_as_the_nearest_levels()
    {
        var options = new AttackOptions { LinfEpsilon = 8, L2Epsilon = 1 };
        var part = Gen.Float[-8 / 255f, 8 / 255f].Array[Length];
        Gen.Select(Gen.Byte.Array[Length], part, part).Sample((clean, linf, l2) =>
        {
            var small = Array.ConvertAll(l2, value => value / 2); // norm well below 255
            var stored = new byte[Length];
            new IntegerProjection(options).Project(clean, linf, small, stored);
            return Enumerable.Range(0, Length).All(i =>
                Math.Abs(stored[i] - Math.Clamp(clean[i] + (255.0 * linf[i]) + (255.0 * small[i]), 0, 255)) <= 0.5 + 1e-4);
        });
    }

    [Fact]
    public void Truncation_cuts_the_fraction_off()
    {
        var clean = Enumerable.Repeat((byte)100, Length).ToArray();
        var linf = Enumerable.Repeat(2.9f / 255, Length).ToArray();
        var stored = new byte[Length];

        new IntegerProjection(new() { L2Epsilon = 0, Quantization = Quantization.Truncate }).Project(clean, linf, new float[Length], stored);
        stored.ShouldAllBe(level => level == 102);

        new IntegerProjection(new() { L2Epsilon = 0, Quantization = Quantization.Round }).Project(clean, linf, new float[Length], stored);
        stored.ShouldAllBe(level => level == 103);
    }

    [Fact]
    public void An_l2_part_on_its_sphere_loses_less_than_a_hundredth_by_rounding()
    {
        var random = new DataCentric.Randomness.CounterRandom(1, 1, 0);
        var direction = Enumerable.Range(0, 3072).Select(_ => random.Normal()).ToArray();
        var norm = Math.Sqrt(direction.Sum(value => value * value));
        var clean = Enumerable.Repeat((byte)128, 3072).ToArray();
        var stored = new byte[3072];

        new IntegerProjection(new() { LinfEpsilon = 0, L2Epsilon = 1 })
            .Project(clean, new float[3072], [.. direction.Select(value => (float)(value / norm))], stored);

        PerturbationBudget.Of(new() { LinfEpsilon = 0 }).Measure(clean, stored).L2.ShouldBeInRange(252.5, 255);
    }
}
