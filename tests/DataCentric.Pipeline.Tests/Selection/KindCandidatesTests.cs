using CsCheck;
using DataCentric.Imaging.Corruptions;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Tests.Selection;

public class KindCandidatesTests
{
    private static readonly CorruptionMix Mix = new CorruptionRequest().CreateMix();

    [Fact]
    public void They_are_different_the_first_is_the_kind_of_random_selection_and_seed_and_key_decide() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((seed, key) =>
        {
            var kinds = new KindCandidates(Mix, seed, most: 4).Of(key);

            kinds.Length.ShouldBe(4);
            kinds.Distinct().Count().ShouldBe(4);
            Mix.Corruptions[kinds[0]].Name.ShouldBe(Mix.Pick(seed, key).Name);
            new KindCandidates(Mix, seed, most: 4).Of(key).ShouldBe(kinds);
        });

    [Fact]
    public void Every_kind_is_tried_about_equally_often()
    {
        var tried = new int[Mix.Corruptions.Count];
        var candidates = new KindCandidates(Mix, seed: 3, most: 4);
        for (ulong key = 0; key < 7000; key++)
        {
            foreach (var kind in candidates.Of(key))
                tried[kind]++;
        }

        tried.ShouldAllBe(count => Math.Abs(count - 2000) < 4.5 * Math.Sqrt(7000 * (2 / 7.0) * (5 / 7.0)));
    }

    [Fact]
    public void A_mix_of_few_kinds_has_no_more_and_a_kind_without_weight_is_never_tried()
    {
        var few = new CorruptionMix([.. Mix.Corruptions.Take(4)], [1, 0, 2, 1]);
        var candidates = new KindCandidates(few, seed: 1, most: 4);

        candidates.Count.ShouldBe(3);
        for (ulong key = 0; key < 100; key++)
            candidates.Of(key).Order().ShouldBe([0, 2, 3]);
    }
}
