using CsCheck;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Tests.Selection;

/// <summary>Plans in which each class is ranked by itself.</summary>
public class BalancedPlanTests
{
    private static readonly CorruptionRequest Uniform = new();

    /// <summary>Classes 1, 1, 2, 7 ... of odd sizes, some empty, and few different scores, so that many are equal.</summary>
    private static readonly Gen<(float[] Scores, int[] Classes)> Sets = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 6]).Array[0, 200]
        .Select(samples => (samples.Select(sample => sample.Item1 / 4f).ToArray(), samples.Select(sample => sample.Item2 * sample.Item2 / 5).ToArray()));

    [Fact]
    public void The_split_keeps_its_sizes_and_each_class_has_its_share() =>
        Sets.Sample(set =>
        {
            var split = new Split(18, 20, 12);
            var (clean, adversarial, corrupted) = split.SizesFor(set.Scores.Length);

            var plan = Plan(split, set.Scores, set.Classes);

            (plan.CountOf(SampleRole.Clean), plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted)).ShouldBe((clean, adversarial, corrupted));
            foreach (var members in Enumerable.Range(0, set.Classes.Length).GroupBy(index => set.Classes[index]))
            {
                var share = (double)members.Count() / set.Scores.Length;
                Math.Abs(members.Count(index => plan.RoleOf(index) == SampleRole.Clean) - (share * clean)).ShouldBeLessThan(1);
                Math.Abs(members.Count(index => plan.RoleOf(index) == SampleRole.Adversarial) - (share * adversarial)).ShouldBeLessThan(1);
                Math.Abs(members.Count(index => plan.RoleOf(index) == SampleRole.Corrupted) - (share * corrupted)).ShouldBeLessThan(1);
            }
        });

    [Fact]
    public void Within_a_class_roles_follow_the_scores_and_equal_ones_the_keys() =>
        Sets.Sample(set =>
        {
            var plan = Plan(new Split(1, 2, 2), set.Scores, set.Classes);

            foreach (var members in Enumerable.Range(0, set.Classes.Length).GroupBy(index => set.Classes[index]))
                members.OrderByDescending(index => set.Scores[index]).ThenBy(index => index).Select(plan.RoleOf).ShouldBeInOrder();
        });

    [Fact]
    public void The_order_in_which_samples_lie_does_not_matter() =>
        Gen.Select(Sets, Gen.Int[0, 1000]).Sample((set, seed) =>
        {
            var order = Enumerable.Range(0, set.Scores.Length).ToArray();
            new DataCentric.Randomness.CounterRandom((ulong)seed, 0, DataCentric.Randomness.RandomStage.Split).Shuffle<int>(order);

            var plan = Plan(new Split(2, 2, 1), set.Scores, set.Classes);
            var shuffled = Plan(new Split(2, 2, 1), [.. order.Select(index => set.Scores[index])], [.. order.Select(index => set.Classes[index])], order);

            order.Select((_, place) => shuffled.RoleOf(place)).ShouldBe(order.Select(plan.RoleOf));
        });

    [Fact]
    public void Clear_classes_are_not_corrupted_more_than_others()
    {
        float[] scores = [5, 6, 7, 8, 1, 2, 3, 4];
        int[] classes = [0, 0, 0, 0, 1, 1, 1, 1];

        Roles(Plan(new Split(1, 1, 2), scores, classes)).ShouldBe("XXACXXAC");
        Roles(Plan(new Split(1, 1, 2), scores, null)).ShouldBe("AACCXXXX");
    }

    [Fact]
    public void A_class_smaller_than_the_number_of_roles_gets_what_fits() =>
        Roles(Plan(new Split(1, 1, 1), [9, 8, 7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, 0, 3, 4])).Order().ShouldBe("AAACCCXXX");

    [Fact]
    public void One_class_is_ranked_as_the_whole_set() =>
        Gen.Float[0, 2].Array[0, 100].Sample(scores =>
            Plan(new Split(3, 1, 2), scores, new int[scores.Length]).Assignments.ShouldBe(Plan(new Split(3, 1, 2), scores, null).Assignments));

    private static string Roles(EnhancementPlan plan) =>
        string.Concat(Enumerable.Range(0, plan.Count).Select(index => "CAX"[(int)plan.RoleOf(index)])); // clean, attacked, corrupted

    private static EnhancementPlan Plan(Split split, float[] scores, int[]? classes, int[]? keys = null) => ScoredPlanner.Plan(
        split, Uniform, [.. (keys ?? Enumerable.Range(0, scores.Length)).Select(key => (ulong)key)], new SampleScores("", scores, new byte[scores.Length], scores), classes);
}
