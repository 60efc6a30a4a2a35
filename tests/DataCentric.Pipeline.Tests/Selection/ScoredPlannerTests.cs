using CsCheck;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Tests.Selection;

public class ScoredPlannerTests
{
    private static readonly CorruptionRequest Uniform = new();

    [Fact]
    public void Roles_have_the_sizes_of_the_split_and_follow_the_scores()
    {
        var split = new Split(18, 20, 12);
        Gen.Float[0, 2].Array[0, 300].Sample(scores =>
        {
            var plan = Plan(split, scores);
            var (clean, adversarial, corrupted) = split.SizesFor(scores.Length);

            (plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted)).ShouldBe((clean, adversarial, corrupted));
            Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Select(plan.RoleOf).ShouldBe(
                Enumerable.Repeat(SampleRole.Clean, clean)
                    .Concat(Enumerable.Repeat(SampleRole.Adversarial, adversarial))
                    .Concat(Enumerable.Repeat(SampleRole.Corrupted, corrupted)));
        });
    }

    [Fact]
    public void Equal_scores_are_ordered_by_key()
    {
        var plan = ScoredPlanner.Plan(new Split(1, 1, 1), Uniform, [9, 4, 7], new SampleScores("", [1, 1, 1], [0, 0, 0], [1, 1, 1]));

        Enumerable.Range(0, 3).Select(plan.RoleOf).ShouldBe([SampleRole.Corrupted, SampleRole.Clean, SampleRole.Adversarial]);
    }

    [Fact]
    public void Corrupted_samples_get_the_kinds_that_scored_highest()
    {
        var plan = Plan(new Split(0, 1, 1), [3, 1, 2, 0], [5, 6, 7, 13]);

        (plan.KindOf(1), plan.KindOf(3)).ShouldBe((6, 13));
        plan.Kinds.Count.ShouldBe(14);
    }

    [Fact]
    public void Scores_of_another_number_of_samples_are_refused() =>
        Should.Throw<InvalidDataException>(() => ScoredPlanner.Plan(Split.Paper, Uniform, [1, 2, 3], new SampleScores("", [1, 2], [0, 0], [1, 1])))
            .Message.ShouldContain("2 scores for 3 samples");

    private static EnhancementPlan Plan(Split split, float[] scores, byte[]? kinds = null) => ScoredPlanner.Plan(
        split, Uniform, [.. scores.Select((_, i) => (ulong)i)], new SampleScores("", scores, kinds ?? new byte[scores.Length], scores));
}
