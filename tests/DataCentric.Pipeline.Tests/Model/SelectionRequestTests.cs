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
        RequestIdentity.Differences(random, entropy).ShouldBe(["selection: none there, \"entropy\" here"]);
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
