using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public class CorruptionRequestTests
{
    [Fact]
    public void Several_sets_share_the_samples_equally_and_their_kinds_those_of_their_set()
    {
        var mix = new CorruptionRequest { Set = "paper14, augmentations", Severity = 2 }.CreateMix();

        mix.Corruptions.Count.ShouldBe(15);
        mix.Corruptions[^1].Name.ShouldBe("augmix");
        mix.Weights.Take(14).ShouldAllBe(weight => Math.Abs(weight - (0.5 / 14)) < 1e-12);
        mix.Weights[^1].ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Kinds_are_looked_up_in_all_sets_and_are_equally_frequent()
    {
        var mix = new CorruptionRequest { Set = "paper14,cifar-bar", Kinds = ["ripple", "jpeg", "fog"], Severity = 1 };
        Should.Throw<InputException>(mix.CreateMix).Message.ShouldStartWith("The sets paper14,cifar-bar have no corruption 'fog'; they have rain, snow, ");

        var found = (mix with { Kinds = ["ripple", "jpeg"] }).CreateMix();

        found.Corruptions.Select(corruption => corruption.Name).ShouldBe(["ripple", "jpeg"]);
        found.Weights.ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public void Kinds_that_are_named_ask_nothing_of_the_other_sets()
    {
        var mix = new CorruptionRequest { Set = "paper14,augmentations", Kinds = ["rain"], Severity = 0 }.CreateMix();

        mix.Corruptions.ShouldHaveSingleItem().Name.ShouldBe("rain");
    }

    [Fact]
    public void What_the_default_sets_cannot_do_is_told_with_a_way_out()
    {
        var usual = EnhancementProfiles.Recommended.Corruptions;

        (usual with { Severity = 0 }).Problems().ShouldHaveSingleItem().ShouldContain("The set augmentations has no severity 0. Name corruptions without it, such as paper14");
        (usual with { MixName = "paper-code" }).Problems().ShouldHaveSingleItem().ShouldContain("Name that set alone as corruptions");
    }

    [Theory]
    [InlineData("paper14,cifar", "have both a kind snow")]
    [InlineData("paper14,paper14", "have both a kind rain")]
    [InlineData("paper14,nothing", "No set of corruptions is called 'nothing'")]
    [InlineData(",", "names nothing")]
    public void Sets_that_cannot_be_joined_are_told(string sets, string problem)
    {
        var request = new CorruptionRequest { Set = sets, Severity = 2 };

        Should.Throw<InputException>(request.CreateMix).Message.ShouldContain(problem);
        request.Problems().ShouldHaveSingleItem().ShouldContain(problem);
    }
}
