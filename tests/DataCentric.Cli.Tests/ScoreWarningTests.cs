using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Tests;

public class ScoreWarningTests
{
    [Fact]
    public void A_gain_whose_interval_includes_0_is_told_to_be_within_noise()
    {
        var (likely, unsure) = (new Estimate(3, null, 1, 2, 4), new Estimate(0.35, null, 1, -0.2, 0.9));

        ScoreTable.Warnings(Of(likely, likely)).ShouldBeEmpty();
        ScoreTable.Warnings(Of(unsure, likely)).ShouldBe(
            ["The gain of enhanced is within noise, as its interval includes 0, for vgg (+0.35, 95 % interval -0.20 to 0.90). More test images or --seeds would tell."]);
        ScoreTable.Warnings(Of(unsure, unsure)).Single().ShouldContain("for vgg (+0.35, 95 % interval -0.20 to 0.90), the mean (+0.35");
        ScoreTable.Warnings(Of(new(0.1, 5, 2), likely)).ShouldBeEmpty("Without an interval nothing is told.");
    }

    private static ScoreRecord Of(Estimate gain, Estimate mean)
    {
        var figure = new Estimate(50, null, 1, 49, 51);
        var raw = new ScoreRow("raw", "vgg", figure, figure, figure, figure);
        return new()
        {
            Measure = ScoreMeasure.Paper,
            Protocol = TestProtocol.Clean,
            TestSha256 = "",
            TestCount = 100,
            Variants = [new("raw"), new("enhanced")],
            Networks = [],
            Rows = [raw, raw with { Architecture = null }, raw with { Variant = "enhanced", Gain = gain }, raw with { Variant = "enhanced", Architecture = null, Gain = mean }],
            Device = "fake",
        };
    }
}
