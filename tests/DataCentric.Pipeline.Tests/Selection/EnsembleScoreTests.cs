using CsCheck;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Tests.Selection;

public class EnsembleScoreTests
{
    private static readonly float[] SureOfFirst = [50, 0, 0, 0];
    private static readonly float[] SureOfSecond = [0, 50, 0, 0];
    private static readonly float[] Unsure = [1, 1, 1, 1];

    [Fact]
    public void Networks_that_are_sure_and_agree_score_zero()
    {
        Score(SelectionRule.Entropy, SureOfFirst, SureOfFirst).ShouldBe(0, 1e-6);
        Score(SelectionRule.Disagreement, SureOfFirst, SureOfFirst).ShouldBe(0, 1e-6);
    }

    [Fact]
    public void Networks_that_are_unsure_together_have_entropy_and_no_disagreement()
    {
        Score(SelectionRule.Entropy, Unsure, Unsure).ShouldBe(Math.Log(4), 1e-6);
        Score(SelectionRule.Disagreement, Unsure, Unsure).ShouldBe(0, 1e-6);
    }

    [Fact]
    public void Networks_that_are_sure_of_different_classes_disagree_by_the_logarithm_of_their_number()
    {
        Score(SelectionRule.Entropy, SureOfFirst, SureOfSecond).ShouldBe(Math.Log(2), 1e-6);
        Score(SelectionRule.Disagreement, SureOfFirst, SureOfSecond).ShouldBe(Math.Log(2), 1e-6);
    }

    [Fact]
    public void A_sure_and_an_unsure_network_score_what_the_formula_says()
    {
        // p = (1 + 1/4) / 2, (1/4) / 2 three times.
        var entropy = -(0.625 * Math.Log(0.625)) - (3 * 0.125 * Math.Log(0.125));

        Score(SelectionRule.Entropy, SureOfFirst, Unsure).ShouldBe(entropy, 1e-6);
        Score(SelectionRule.Disagreement, SureOfFirst, Unsure).ShouldBe(entropy - (Math.Log(4) / 2), 1e-6);
    }

    [Fact]
    public void Each_image_is_scored_by_its_own_logits()
    {
        float[] first = [.. Unsure, .. SureOfFirst], second = [.. Unsure, .. SureOfSecond];

        EnsembleScore.Of(SelectionRule.Disagreement, [first, second], 4).ShouldBe([0, (float)Math.Log(2)], 1e-6);
    }

    [Fact]
    public void Scores_keep_within_their_bounds_whatever_the_logits() =>
        Gen.Float[-1e30f, 1e30f].Array[5].Array[1, 6].Sample(networks =>
        {
            var entropy = Score(SelectionRule.Entropy, networks);
            var disagreement = Score(SelectionRule.Disagreement, networks);

            entropy.ShouldBeInRange(0, Math.Log(5) + 1e-6);
            disagreement.ShouldBeInRange(0, Math.Min(entropy, Math.Log(networks.Length)) + 1e-6);
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_refused(float broken) =>
        Should.Throw<InputException>(() => Score(SelectionRule.Entropy, Unsure, [0, broken, 0, 0])).Message.ShouldContain("model file is broken");

    private static double Score(SelectionRule rule, params float[][] networks) => EnsembleScore.Of(rule, networks, networks[0].Length).Single();
}
