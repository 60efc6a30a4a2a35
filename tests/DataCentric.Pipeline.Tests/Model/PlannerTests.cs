using CsCheck;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public class PlannerTests
{
    private static readonly CorruptionRequest Uniform = new();

    [Fact]
    public void Roles_have_the_sizes_of_the_split() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 3000]).Sample(
            (seed, count) =>
            {
                var plan = Planner.Plan(seed, Split.Paper, Uniform, Keys(count));
                var (clean, adversarial, corrupted) = Split.Paper.SizesFor(count);

                plan.Count.ShouldBe(count);
                plan.CountOf(SampleRole.Clean).ShouldBe(clean);
                plan.CountOf(SampleRole.Adversarial).ShouldBe(adversarial);
                plan.CountOf(SampleRole.Corrupted).ShouldBe(corrupted);
            },
            iter: 200);

    [Fact]
    public void The_same_seed_gives_the_same_plan_and_another_one_another() =>
        Gen.ULong.Sample(
            seed =>
            {
                var plan = Planner.Plan(seed, Split.Paper, Uniform, Keys(500)).Assignments;

                Planner.Plan(seed, Split.Paper, Uniform, Keys(500)).Assignments.ShouldBe(plan);
                Planner.Plan(seed + 1, Split.Paper, Uniform, Keys(500)).Assignments.ShouldNotBe(plan);
            },
            iter: 50);

    [Fact]
    public void A_kind_depends_on_seed_and_key_alone()
    {
        var all = Planner.Plan(7, new Split(0, 0, 1), Uniform, Keys(1000));
        var some = Planner.Plan(7, new Split(0, 0, 1), Uniform, [.. Keys(1000).Where(key => key % 3 == 0)]);

        for (var i = 0; i < some.Count; i++)
            some.KindOf(i).ShouldBe(all.KindOf(3 * i));
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("seed")]
    public void Kinds_come_as_often_as_the_mix_says(string mix)
    {
        const int Count = 60_000;
        var plan = Planner.Plan(3, new Split(0, 0, 1), new CorruptionRequest { Mix = mix }, Keys(Count));
        var weights = new CorruptionRequest { Mix = mix }.CreateMix().Weights;

        for (var kind = 0; kind < plan.Kinds.Count; kind++)
        {
            var expected = Count * weights[kind];
            var seen = Enumerable.Range(0, Count).Count(i => plan.KindOf(i) == kind);
            Math.Abs(seen - expected).ShouldBeLessThan(4.5 * Math.Sqrt(expected), plan.Kinds[kind]);
        }
    }

    [Theory]
    [InlineData("uniform", 2)]
    [InlineData("seed", 2)]
    [InlineData("seed", 0)]
    public void Every_mix_has_the_severity_that_is_asked_for(string mix, int severity) =>
        new CorruptionRequest { Mix = mix, Severity = severity }.CreateMix().Corruptions.ShouldAllBe(corruption => corruption.Severity == severity);

    [Fact]
    public void A_limit_takes_that_many_ascending_and_every_record_equally_often()
    {
        var taken = new int[20];
        for (ulong seed = 0; seed < 4000; seed++)
        {
            var chosen = Planner.Select(seed, 20, 5).ToArray();
            chosen.Length.ShouldBe(5);
            chosen.ShouldBe(chosen.Distinct().Order());
            foreach (var index in chosen)
                taken[index]++;
        }

        taken.ShouldAllBe(count => Math.Abs(count - 1000) < 4.5 * Math.Sqrt(4000 * .25 * .75));
    }

    [Fact]
    public void No_limit_takes_all() => Planner.Select(1, 100, null).ShouldBe(Enumerable.Range(0, 100));

    [Fact]
    public void Shards_hold_every_sample_of_a_role_once_and_attacks_come_in_whole_batches() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 700], Gen.Int[1, 64]).Sample((count, shardSize, batch) =>
        {
            foreach (var role in Enum.GetValues<SampleRole>())
            {
                var shards = Shard.Cut(role, count, shardSize, batch).ToArray();

                shards.Sum(shard => shard.Count).ShouldBe(count);
                shards.Aggregate(0, (next, shard) => shard.Start == next ? next + shard.Count : -1).ShouldBe(count);
                if (role == SampleRole.Adversarial)
                    shards.ShouldAllBe(shard => shard.Start % batch == 0);
            }
        });

    [Fact]
    public void The_indexes_of_all_shards_are_the_samples_of_the_plan()
    {
        var plan = Planner.Plan(5, new Split(1, 2, 3), Uniform, Keys(997));
        var indexes = Enum.GetValues<SampleRole>()
            .SelectMany(role => Shard.Cut(role, plan.CountOf(role), 100, 32))
            .SelectMany(shard =>
            {
                var members = plan.IndexesOf(shard);
                members.ShouldAllBe(index => plan.RoleOf(index) == shard.Role);
                return members;
            });

        indexes.Order().ShouldBe(Enumerable.Range(0, 997));
    }

    private static ulong[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => (ulong)i)];
}
