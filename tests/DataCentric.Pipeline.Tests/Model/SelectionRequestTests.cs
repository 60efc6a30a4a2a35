using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public class SelectionRequestTests
{
    [Fact]
    public void Random_selection_leaves_no_trace_in_the_identity_so_that_runs_from_before_there_was_a_choice_keep_their_ids()
    {
        var named = Read("""{ "dataset": "set", "seed": 7, "selection": "random" }""");

        RequestIdentity.Of(named).ShouldNotContain("selection");
        RequestIdentity.Of(named).ShouldBe(RequestIdentity.Of(Read("""{ "dataset": "set", "seed": 7 }""")));
    }

    [Fact]
    public void Another_selection_is_another_run_and_the_difference_is_told()
    {
        var random = Read("""{ "dataset": "set" }""");
        var entropy = Read("""{ "dataset": "set", "selection": "entropy" }""");
        var disagreement = Read("""{ "dataset": "set", "selection": "disagreement" }""");

        new[] { random, entropy, disagreement }.Select(request => RequestIdentity.RunIdFor(request, "data")).Distinct().Count().ShouldBe(3);
        RequestIdentity.Differences(random, entropy).ShouldBe(["selection: none there, \"entropy\" here", "selectionBalance: none there, \"classes\" here"]);
    }

    [Theory]
    [InlineData("recommended")]
    [InlineData("compact")]
    public void Users_get_balanced_classes_unless_they_say_otherwise(string profile)
    {
        Read($$"""{ "dataset": "set", "profile": "{{profile}}", "selection": "entropy" }""").SelectionBalance.ShouldBe(SelectionBalance.Classes);
        Read($$"""{ "dataset": "set", "profile": "{{profile}}", "selection": "entropy", "selectionBalance": "none" }""").SelectionBalance.ShouldBe(SelectionBalance.None);
        new EnhancementRequest { RunId = "run", Dataset = "set" }.SelectionBalance.ShouldBe(SelectionBalance.None, "records from before there was a choice");
    }

    [Fact]
    public void Balance_is_of_the_identity_and_the_command_only_where_scores_are_compared()
    {
        foreach (var rule in Enum.GetValues<SelectionRule>())
        {
            var balanced = Read("""{ "dataset": "set" }""") with { Selection = rule };
            var former = balanced with { SelectionBalance = SelectionBalance.None };
            var isByScores = rule != SelectionRule.Random;

            RequestIdentity.Of(balanced).Contains("\"selectionBalance\":\"classes\"", StringComparison.Ordinal).ShouldBe(isByScores);
            RequestIdentity.Of(former).ShouldNotContain("selectionBalance");
            RepeatCommand.Of(balanced).ShouldNotContain("balance");
            RepeatCommand.Of(former).Contains("--selection-balance none ", StringComparison.Ordinal).ShouldBe(isByScores);
            RequestIdentity.Differences(former, balanced).ShouldBe(isByScores ? ["selectionBalance: none there, \"classes\" here"] : []);
        }
    }

    [Fact]
    public void A_word_that_is_no_rule_is_named_with_those_there_are()
    {
        var problems = new List<string>();

        ChoicesJson.Read("""{ "selection": "luck" }""", problems);

        problems.ShouldBe(["selection: expected \"random\" or \"entropy\" or \"disagreement\", not \"luck\"."]);
    }

    [Fact]
    public void One_surrogate_cannot_disagree()
    {
        var request = Read("""{ "dataset": "set", "selection": "disagreement", "architectures": ["vgg_compact"] }""");

        request.Validate().ShouldHaveSingleItem().ShouldStartWith("selection: disagreement needs an ensemble of at least two surrogates");
        (request with { Selection = SelectionRule.Entropy }).Validate().ShouldBeEmpty();
    }

    private static EnhancementRequest Read(string json)
    {
        var problems = new List<string>();
        var request = ChoicesJson.Read(json, problems).ToRequest("run");
        problems.ShouldBeEmpty();
        return request;
    }
}
