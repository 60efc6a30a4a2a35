using System.Text.Json.Nodes;
using DataCentric.Attacks;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

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
    public void What_is_written_is_read_again()
    {
        const string Text =
            """
            {"dataset":"set","profile":"paper","split":"1:1:3","selection":"entropy","seed":18446744073709551615,"limit":5,"resize":"64x64:pad","corruptions":"cifar","kinds":["fog"],
            "iterations":3,"linfEpsilon":4,"smoothing":"before-momentum","quantization":"truncate","ensembleWeights":[0.25,0.75],"architectures":["a","b"],"surrogateEpochs":2,
            "surrogateModels":["m"],"heldOut":"h","formats":["folder"],"imageFormat":"jpeg:95","license":"MIT","score":{"test":"t","architectures":["a"],"seeds":[1,2],"epochs":3}}
            """;

        JsonNode.DeepEquals(Read(Text).ToJson(), JsonNode.Parse(Text)).ShouldBeTrue(Read(Text).ToJson().ToJsonString());
        Read(Text).Select(choice => choice.Option.JsonName).Count().ShouldBe(22);
    }

    [Fact]
    public void Empty_text_chooses_nothing()
    {
        Read("").ShouldBeEmpty();
        Read("{}").ToRequest("run").ShouldBe(EnhancementProfiles.Recommended.Request("run", ""));
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
        choices.ShouldHaveSingleItem().ShouldSatisfyAllConditions(it => it.Option.JsonName.ShouldBe("seed"), it => it.Value.ShouldBe(3UL));
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

        ChoicesJson.Read(text, problems).ShouldBeEmpty();

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

    [Theory]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "dataset": "\udc00" }""")]
    [InlineData("""{ "kinds": ["fog", "\ud83d"] }""")]
    [InlineData("""{ "linfStep": 1e999 }""")]
    [InlineData("""{ "limit": 99999999999999999999 }""")]
    [InlineData("""{ "kinds": [[[[[[[[[[[[]]]]]]]]]]]] }""")]
    public void Half_a_surrogate_pair_a_boundless_number_and_deep_nesting_are_problems_and_not_failures(string text)
    {
        var problems = new List<string>();

        var choices = ChoicesJson.Read(text, problems);

        problems.AddRange(choices.ToRequest("run").Validate());
        problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_answer_to_thousands_of_wrong_options_is_short()
    {
        var problems = new List<string>();

        ChoicesJson.Read($$"""{ {{string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"\"x{i}\": 1"))}} }""", problems);
        ChoicesJson.Read($$"""{ "{{new string('y', 60_000)}}": 1, "limit": "{{new string('z', 1000)}}" }""", problems);

        problems.Count.ShouldBe(ChoicesJson.MostProblems + 3);
        problems.Sum(problem => problem.Length).ShouldBeLessThan(32 * 1024);
    }

    [Fact]
    public void Whatever_is_changed_in_good_choices_nothing_is_thrown()
    {
        const string Good = """{ "dataset": "set", "seed": 7, "split": "1:1:3", "kinds": ["fog"], "linfStep": 0.5, "surrogateEpochs": 2 }""";
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, Good.Length - 1], CsCheck.Gen.Char, CsCheck.Gen.Int[0, 9]),
            (at, letter, cut) => ChoicesJson.Read(Good[..at] + letter + Good[Math.Min(Good.Length, at + cut)..], []));
    }

    private static EnhancementChoices Read(string text)
    {
        var problems = new List<string>();
        var choices = ChoicesJson.Read(text, problems);
        problems.ShouldBeEmpty();
        return choices;
    }
}
