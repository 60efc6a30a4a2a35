using System.Text;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Documents;

public class ScoreSectionTests
{
    private const string Before = """
        {
          "formatVersion": 1, "measure": "paper", "testCount": 1999, "arms": [{ "name": "raw" }], "networks": [],
          "rows": [
            { "arm": "raw", "architecture": "a", "ori": { "mean": 80, "halfWidth": 1.5, "seeds": 2 }, "adv": { "mean": 20, "seeds": 1 }, "cor": { "mean": 60, "seeds": 1 }, "score": { "mean": 53, "seeds": 1 } },
            { "arm": "enhanced", "architecture": "a", "ori": { "mean": 80, "seeds": 1 }, "adv": { "mean": 20, "seeds": 1 }, "cor": { "mean": 60, "seeds": 1 }, "score": { "mean": 53, "seeds": 1 }, "gain": { "mean": 0, "seeds": 1 } }
          ]
        }
        """;

    [Fact]
    public void A_score_of_an_earlier_version_is_shown_with_the_intervals_that_it_has()
    {
        var section = ScoreSection.Create(ScoreTable.Read(Encoding.UTF8.GetBytes(Before))).ToString();

        section.ShouldContain("± is the 95 % interval over seeds");
        section.ShouldContain("80.0 &#177; 1.5");
        section.ShouldNotContain("noise");
        section.ShouldNotContain("By attack");
    }

    [Fact]
    public void Intervals_and_numbers_of_images_are_shown_and_gains_within_noise_are_told()
    {
        var row = new ScoreRow("raw", "a", Known(80), Known(20), Known(60), Known(53));
        var table = new ScoreTable(
            "paper",
            1999,
            [row, row with { Variant = "x", Gain = new(0.4, null, 1, -0.2, 1) }, row with { Variant = "x", Architecture = null, Gain = new(3, null, 1, 2, 4) }],
            [new("adv", "pgd", 1234, new Dictionary<string, double> { ["raw"] = 20, ["x"] = 30.5 })]);

        var section = ScoreSection.Create(table).ToString();

        section.ShouldContain("in brackets is the 95 % interval over test images and seeds, by bootstrap");
        section.ShouldContain("80.0 [79.0, 81.0]");
        section.ShouldContain("+0.4 [-0.2, 1.0]");
        section.ShouldContain("Within noise, as the interval of the gain includes 0: x, a.");
        section.ShouldContain("<th scope=\"row\">pgd</th><td>1,234</td><td>20.0</td><td>30.5</td>");
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(60, true)]
    public void Who_attacked_and_how_far_a_raw_network_fell_is_told_with_a_warning_where_the_attack_is_weak(double attacked, bool weak)
    {
        var row = new ScoreRow("raw", "a", Known(80), Known(20), Known(60), Known(53));
        var strength = new AttackStrength { Attackers = [new("resnet32", 92.3, 0.5), new("vgg", 80, 1)], Raw = new("mobilenet", 74, attacked) };

        var section = ScoreSection.Create(new ScoreTable("paper", 1999, [row], null, strength)).ToString();

        section.ShouldContain("Attacked by resnet32 (right on 92.3 % of the clean images), vgg (right on 80.0 % of the clean images).");
        section.ShouldContain($"mobilenet, trained on the raw set, took no part and falls from 74.0 % to {attacked}.0 %.");
        section.Contains("The attacked images are weak", StringComparison.Ordinal).ShouldBe(weak);
    }

    private static Estimate Known(double mean) => new(mean, null, 1, mean - 1, mean + 1);
}
