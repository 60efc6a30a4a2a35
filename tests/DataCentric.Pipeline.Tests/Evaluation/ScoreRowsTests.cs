using DataCentric.Imaging.Pictures;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Evaluation;

public class ScoreRowsTests
{
    private static readonly NetworkScore[] Networks =
    [
        Score("raw", "a", 1, 80, 20, 50), Score("raw", "a", 2, 82, 22, 52), Score("raw", "b", 1, 70, 10, 40), Score("raw", "b", 2, 70, 10, 40),
        Score("enhanced", "a", 1, 77, 53, 65), Score("enhanced", "a", 2, 79, 55, 73), Score("enhanced", "b", 1, 64, 40, 46), Score("enhanced", "b", 2, 64, 40, 46),
    ];

    [Fact]
    public void A_gain_is_the_mean_over_seeds_of_differences_within_a_seed()
    {
        var rows = ScoreRows.Of(Networks, ScoreMeasure.Paper);

        rows.Select(row => (row.Variant, row.Architecture)).ShouldBe(
            [("raw", "a"), ("raw", "b"), ("raw", null), ("enhanced", "a"), ("enhanced", "b"), ("enhanced", null)]);
        rows[0].Score.Mean.ShouldBe(51);
        rows[0].Gain.ShouldBeNull();
        rows[3].Gain!.Mean.ShouldBe(16); // 65 - 50 and 69 - 52
        rows[5].Gain!.Mean.ShouldBe(13); // (15 + 10) / 2 and (17 + 10) / 2
        rows[5].Ori.Mean.ShouldBe(71);
    }

    [Fact]
    public void The_interval_is_that_of_Students_t()
    {
        var estimate = Estimate.Of([15, 17]);

        estimate.Mean.ShouldBe(16);
        estimate.HalfWidth!.Value.ShouldBe(12.706, 1e-9); // t(1) = 12.706, s = sqrt 2, n = 2
        Estimate.Of([3, 5, 4, 4]).HalfWidth!.Value.ShouldBe(3.182 * Math.Sqrt(2.0 / 3) / 2, 1e-9);
        Estimate.Of([7]).HalfWidth.ShouldBeNull();
    }

    [Fact]
    public void The_picture_is_bars_for_one_enhanced_set_and_a_curve_for_several()
    {
        NetworkScore[] three = [.. Networks, Score("1:2:2", "a", 1, 79, 50, 60)];
        var (bars, curve) = (ScoreChart.Draw(Record(Networks)), ScoreChart.Draw(Record(three)));

        RgbImage.Decode(bars, "bars", out var barsShape);
        RgbImage.Decode(curve, "curve", out var curveShape);
        barsShape.ShouldNotBe(curveShape);
    }

    private static ScoreRecord Record(NetworkScore[] networks) => new()
    {
        Measure = ScoreMeasure.Paper,
        Protocol = TestProtocol.Clean,
        TestSha256 = "",
        TestCount = 100,
        Variants = [.. networks.Select(network => network.Variant).Distinct().Select(name => new TrainingSetVariant(name))],
        Networks = networks,
        Rows = ScoreRows.Of(networks, ScoreMeasure.Paper),
        Device = "fake",
    };

    private static NetworkScore Score(string variant, string architecture, ulong seed, double ori, double adv, double cor) => new(
        variant, seed, new TrainedModel(architecture, "", "", 1, null), new(ori, adv, cor, (ori + adv + cor) / 3), new Dictionary<string, double>(), new Dictionary<string, double>());
}
