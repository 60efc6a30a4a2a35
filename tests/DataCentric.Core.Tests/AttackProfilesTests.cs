using DataCentric.Attacks;

namespace DataCentric.Core.Tests;

public class AttackProfilesTests
{
    public static TheoryData<string> Names => [.. AttackProfiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_profile_is_valid_and_its_steps_reach_beyond_both_radii(string name)
    {
        var (found, attack, surrogates) = AttackProfiles.Get(name);

        found.ShouldBe(name);
        OptionsCheck.Validated(attack);
        OptionsCheck.Validated(surrogates);
        (attack.Iterations * attack.LinfStep / attack.LinfEpsilon).ShouldBeGreaterThanOrEqualTo(2);
        (attack.Iterations * attack.L2Step / attack.L2Epsilon).ShouldBeGreaterThanOrEqualTo(2);
        attack.EnsembleWeights?.Count.ShouldBe(surrogates.Architectures.Count);
        attack.EnsembleWeights?.Sum().ShouldBe(1, 1e-9);
    }

    [Fact]
    public void An_unknown_profile_is_refused_with_the_names_that_exist()
    {
        Should.Throw<InputException>(() => AttackProfiles.Get("huge")).Message.ShouldContain("compact, paper, seed");
    }

    [Theory]
    [InlineData(4, 0, 5000, 4)] // 78 steps an epoch
    [InlineData(4, 360, 5000, 5)]
    [InlineData(4, 360, 2000, 12)] // 31 steps an epoch
    [InlineData(4, 360, 10, 360)] // one step an epoch
    [InlineData(4, 360, 50_000, 4)]
    public void Small_sets_are_passed_over_more_often(int epochs, int minimumSteps, int images, int expected)
    {
        new SurrogateOptions { Epochs = epochs, MinimumSteps = minimumSteps, BatchSize = 64 }.EpochsFor(images).ShouldBe(expected);
    }
}
