using DataCentric.Attacks;
using DataCentric.Pipeline.Requests;

namespace DataCentric.Pipeline.Tests.Starts;

public class ChoicesJsonTests
{
    [Fact]
    public void What_is_not_chosen_comes_from_the_profile_and_the_defaults()
    {
        var request = Read("""{ "dataset": "set", "profile": "paper", "seed": 7, "linfEpsilon": 4, "smoothing": "before-momentum" }""").ToRequest("run");

        request.Seed.ShouldBe(7UL);
        request.Attack.ShouldBe(AttackProfiles.Paper.Attack with { LinfEpsilon = 4, Smoothing = SmoothingOrder.BeforeMomentum });
        request.Surrogates.ShouldBe(AttackProfiles.Paper.Surrogates);
        request.Split.ShouldBe(Split.Paper);
        request.Validate().ShouldBeEmpty();
    }

    [Fact]
    public void Empty_text_chooses_nothing()
    {
        Read("").ShouldBe(new EnhancementChoices());
        Read("{}").ToRequest("run").ShouldBe(new EnhancementRequest { RunId = "run", Dataset = "" });
    }

    [Fact]
    public void Choosing_epochs_turns_the_minimum_of_steps_off()
    {
        Read("""{ "surrogateEpochs": 2, "architectures": ["vgg_compact"] }""").ToRequest("run").Surrogates
            .ShouldSatisfyAllConditions(it => it.Epochs.ShouldBe(2), it => it.MinimumSteps.ShouldBe(0), it => it.Architectures.ShouldBe(["vgg_compact"]));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var problems = new List<string>();

        var choices = ChoicesJson.Read(
            """{ "dataset": 5, "limit": "many", "smoothing": "sideways", "kinds": "fog", "weather": "rain", "seed": 3 }""", problems);

        problems.Count.ShouldBe(5);
        problems.ShouldContain("dataset: expected a text, not 5.");
        problems.ShouldContain("limit: expected a whole number, not \"many\".");
        problems.ShouldContain(problem => problem.StartsWith("smoothing: expected \"before-momentum\" or \"after-momentum\" or \"off\"", StringComparison.Ordinal));
        problems.ShouldContain("kinds: expected a list of texts, not \"fog\".");
        problems.ShouldContain(problem => problem.StartsWith("weather: there is no such option; expected one of dataset, profile,", StringComparison.Ordinal));
        choices.ShouldBe(new EnhancementChoices { Seed = 3 });
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{ "seed": 1, "seed": 2 }""")]
    [InlineData("\0")]
    public void What_is_no_object_is_one_problem(string text)
    {
        var problems = new List<string>();

        ChoicesJson.Read(text, problems).ShouldBe(new EnhancementChoices());

        problems.Count.ShouldBe(1);
    }

    [Fact]
    public void A_text_that_is_too_long_is_not_read()
    {
        var problems = new List<string>();

        ChoicesJson.Read($$"""{ "dataset": "{{new string('x', ChoicesJson.LongestText)}}" }""", problems);

        problems.ShouldHaveSingleItem().ShouldContain("at most 65536 are read");
    }

    [Fact]
    public void Whatever_text_comes_nothing_is_thrown()
    {
        CsCheck.Check.Sample(CsCheck.Gen.String, text => ChoicesJson.Read(text, []));
    }

    private static EnhancementChoices Read(string text)
    {
        var problems = new List<string>();
        var choices = ChoicesJson.Read(text, problems);
        problems.ShouldBeEmpty();
        return choices;
    }
}
