using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Model;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Tests.Evaluation;

public class BootstrapTests
{
    private const double Normal = 1.96; // two-sided 95 % quantile

    [Fact]
    public void Of_one_network_it_is_nearly_the_interval_of_the_binomial_distribution()
    {
        var network = Of("raw", 1, Draws(2000, 0.8, 1), Draws(2000, 0.3, 2), Draws(2000, 0.5, 3));

        var row = ScoreRows.Of([network], ScoreMeasure.Paper)[0];

        foreach (var (estimate, share) in new[] { (row.Ori, network.Accuracies.Ori / 100), (row.Adv, network.Accuracies.Adv / 100), (row.Cor, network.Accuracies.Cor / 100) })
        {
            var half = 100 * Normal * Math.Sqrt(share * (1 - share) / 2000);
            estimate.Low!.Value.ShouldBe(estimate.Mean - half, 0.2);
            estimate.High!.Value.ShouldBe(estimate.Mean + half, 0.2);
            estimate.HalfWidth.ShouldBeNull("There is one seed.");
        }

        // R is the mean over images of the share of an image's three versions that are right; these are independent here.
        double[] shares = [.. new[] { row.Ori, row.Adv, row.Cor }.Select(estimate => estimate.Mean / 100)];
        HalfOf(row.Score).ShouldBe(100 * Normal * Math.Sqrt(shares.Sum(share => share * (1 - share)) / 9 / 2000), 0.1);
    }

    [Fact]
    public void Its_ends_are_percentiles_of_all_resamples_that_there_are()
    {
        NetworkScore[] networks = [Of("raw", 1, Bits(11010), Bits(10000), Bits(11000)), Of("raw", 2, Bits(01110), Bits(00010), Bits(01011))];
        var all = new List<double>();
        for (var images = 0; images < 3125; images++)
        {
            int[] drawn = [.. Enumerable.Range(0, 5).Select(n => images / (int)Math.Pow(5, n) % 5)];
            double[] r = [.. networks.Select(network => drawn.Average(n => new[] { Ori(network, n), Adv(network, n), Cor(network, n) }.Average()))];
            all.AddRange([100 * r[0], 100 * r[1], 50 * (r[0] + r[1]), 50 * (r[0] + r[1])]);
        }

        all.Sort();
        var score = ScoreRows.Of(networks, ScoreMeasure.Paper)[0].Score;

        score.Low!.Value.ShouldBeInRange(Quantile(0.0175) - 1e-6, Quantile(0.0325) + 1e-6);
        score.High!.Value.ShouldBeInRange(Quantile(0.9675) - 1e-6, Quantile(0.9825) + 1e-6);

        double Quantile(double share) => all[(int)(share * all.Count)];
        static double Ori(NetworkScore network, int n) => network.Right!.Unpack(network.Right.Ori)[n];
        static double Adv(NetworkScore network, int n) => network.Right!.Unpack(network.Right.Adv)[n];
        static double Cor(NetworkScore network, int n) => network.Right!.Unpack(network.Right.Cor)[n];
    }

    [Fact]
    public void A_gain_is_paired_by_test_image_and_so_narrower_than_its_parts()
    {
        var (ori, adv, cor) = (Draws(1000, 0.8, 1), Draws(1000, 0.3, 2), Draws(1000, 0.5, 3));
        bool[] more = [.. adv.Zip(Draws(1000, 0.1, 4), (before, now) => before || now)];

        var rows = ScoreRows.Of([Of("raw", 1, ori, adv, cor), Of("enhanced", 1, ori, more, cor)], ScoreMeasure.Paper);

        var gain = rows[2].Gain!;
        var won = adv.Zip(more).Count(pair => pair.First != pair.Second) / 1000.0;
        HalfOf(gain).ShouldBe(100.0 / 3 * Normal * Math.Sqrt(won * (1 - won) / 1000), 0.05); // only images won count
        HalfOf(gain).ShouldBeLessThan(HalfOf(rows[0].Score) / 2);
        rows[2].IsWithinNoise.ShouldBeFalse();
    }

    [Fact]
    public void Seeds_are_drawn_too_and_for_both_sets_the_same()
    {
        var (good, bad) = (Draws(1000, 0.9, 1), Draws(1000, 0.5, 2));
        NetworkScore[] networks = [Of("raw", 1, good, good, good), Of("raw", 2, bad, bad, bad), Of("enhanced", 1, good, good, good), Of("enhanced", 2, bad, bad, bad)];

        var rows = ScoreRows.Of(networks, ScoreMeasure.Paper);

        rows[0].Score.Low!.Value.ShouldBeLessThan(networks[1].Accuracies.R); // both draws were the bad seed
        rows[0].Score.High!.Value.ShouldBeGreaterThan(networks[0].Accuracies.R);
        (rows[2].Gain!.Low, rows[2].Gain!.High).ShouldBe((0, 0));
        rows[2].IsWithinNoise.ShouldBeTrue();
    }

    [Fact]
    public void A_gain_that_may_be_none_is_within_noise()
    {
        var (ori, other) = (Draws(500, 0.8, 1), Draws(500, 0.8, 2));

        var rows = ScoreRows.Of([Of("raw", 1, ori, ori, ori), Of("enhanced", 1, other, other, other)], ScoreMeasure.Competition);

        rows[2].Gain!.Mean.ShouldNotBe(0);
        rows[2].IsWithinNoise.ShouldBeTrue();
        rows[0].IsWithinNoise.ShouldBeFalse("The baseline has no gain.");
    }

    [Fact]
    public void It_is_the_same_each_time_and_in_any_order_of_the_seeds()
    {
        NetworkScore[] networks = [.. from variant in new[] { "raw", "enhanced" } from seed in new ulong[] { 1, 2, 3 } select Of(variant, seed, Draws(200, 0.7, seed), Draws(200, 0.4, seed + 9), Draws(200, 0.6, seed + 5))];
        var rows = ScoreRows.Of(networks, ScoreMeasure.Paper);

        ScoreRows.Of(networks, ScoreMeasure.Paper).ShouldBe(rows);
        ScoreRows.Of([networks[2], networks[0], networks[1], networks[4], networks[5], networks[3]], ScoreMeasure.Paper).ShouldBe(rows);
        rows[0].Ori.Low!.Value.ShouldBe(rows[1].Ori.Low!.Value, "The mean over one architecture is that architecture's.");
    }

    [Fact]
    public void Without_results_of_each_image_there_is_none()
    {
        var network = Of("raw", 1, Draws(50, 0.5, 1), Draws(50, 0.5, 2), Draws(50, 0.5, 3));

        var row = ScoreRows.Of([network, network with { Seed = 2, Right = null }], ScoreMeasure.Paper)[0];

        row.Ori.ShouldSatisfyAllConditions(ori => ori.Low.ShouldBeNull(), ori => ori.High.ShouldBeNull(), ori => ori.HalfWidth.ShouldNotBeNull());
    }

    [Fact]
    public void Bits_lie_as_numpy_packs_them()
    {
        var bits = RightImages.Pack([true, false, false, false, false, false, true, true, false, true]);

        bits.ShouldBe([0b1000_0011, 0b0100_0000]);
        new RightImages(10, bits, [], []).Unpack(bits).ShouldBe([1, 0, 0, 0, 0, 0, 1, 1, 0, 1]);
    }

    private static double HalfOf(Estimate estimate) => (estimate.High!.Value - estimate.Low!.Value) / 2;

    private static bool[] Bits(int digits) => [.. digits.ToString("D5", System.Globalization.CultureInfo.InvariantCulture).Select(digit => digit == '1')];

    private static bool[] Draws(int count, double share, ulong seed)
    {
        var random = new CounterRandom(seed, 0, RandomStage.Texture);
        return [.. Enumerable.Range(0, count).Select(_ => random.Chance(share))];
    }

    private static NetworkScore Of(string variant, ulong seed, bool[] ori, bool[] adv, bool[] cor) => new(
        variant,
        seed,
        new TrainedModel("a", "", "", 1, null),
        new(Percent(ori), Percent(adv), Percent(cor), Percent([.. ori, .. adv, .. cor])),
        new Dictionary<string, double>(),
        new Dictionary<string, double>())
    {
        Right = new(ori.Length, RightImages.Pack(ori), RightImages.Pack(adv), RightImages.Pack(cor)),
    };

    private static double Percent(bool[] right) => 100.0 * right.Count(value => value) / right.Length;
}
