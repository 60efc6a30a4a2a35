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
        var radii = attack.Iterations == 1 ? 1 : 1.8; // one step is worth the radius itself
        (attack.Iterations * attack.LinfStep / attack.LinfEpsilon).ShouldBeGreaterThanOrEqualTo(radii);
        (attack.Iterations * attack.L2Step / attack.L2Epsilon).ShouldBeGreaterThanOrEqualTo(radii);
        attack.EnsembleWeights?.Count.ShouldBe(surrogates.Architectures.Count);
        attack.EnsembleWeights?.Sum().ShouldBe(1, 1e-9);
    }

    [Fact]
    public void An_unknown_profile_is_refused_with_the_names_that_exist()
    {
        Should.Throw<InputException>(() => AttackProfiles.Get("huge")).Message.ShouldContain("compact, paper, paper-code, kanra, pgd, fgsm");
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

    [Fact]
    public void The_competitions_training_is_as_published()
    {
        var training = TrainingPresets.Get("competition", "resnet50");

        (training.Epochs, training.BatchSize, training.LearningRate, training.Momentum, training.WeightDecay).ShouldBe((200, 256, 0.1, 0.9, 1e-4));
        (training.Nesterov, training.DecayAll, training.Schedule, training.CropPadding, training.Flip).ShouldBe((false, true, TrainingSchedule.EpochCosine, 4, true));
        TrainingPresets.Get("competition", "preactresnet18").LearningRate.ShouldBe(0.01);
        Should.Throw<InputException>(() => TrainingPresets.Get("long", "resnet50")).Message.ShouldContain("quick, competition");
    }

    [Fact]
    public void The_profile_of_the_papers_code_is_found_by_the_name_that_it_had() => AttackProfiles.Get("seed").ShouldBeSameAs(AttackProfiles.PaperCode);
}
