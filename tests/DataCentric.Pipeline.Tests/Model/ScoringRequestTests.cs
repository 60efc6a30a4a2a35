using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Model;

public class ScoringRequestTests
{
    [Fact]
    public void A_request_that_is_not_to_be_scored_is_written_as_ever_and_to_be_scored_does_not_make_it_another_run()
    {
        var plain = Read("""{ "dataset": "set", "profile": "compact" }""");
        var scored = Read("""{ "dataset": "set", "profile": "compact", "score": { "test": "p", "seeds": [1, 2], "epochs": 3 } }""");

        System.Text.Json.JsonSerializer.Serialize(plain, PipelineJson.Compact).ShouldNotContain("score");
        RequestIdentity.RunIdFor(scored, "data").ShouldBe(RequestIdentity.RunIdFor(plain, "data"));
        RequestIdentity.RunIdFor(plain, "data").ShouldBe("b3a89777dc7b8903", "The id from before there were scores.");
        scored.Score.ShouldNotBeNull().ShouldSatisfyAllConditions(
            score => score.Test.ShouldBe("p"),
            score => score.Architectures.ShouldBe(["vgg_compact", "densenet_compact", "wrn_compact"]),
            score => score.Seeds.ShouldBe([1UL, 2UL]),
            score => score.OptionsFor("vgg_compact").Epochs.ShouldBe(3));
    }

    [Fact]
    public void Models_to_begin_with_are_trained_as_fine_tuning_is_and_the_command_names_them()
    {
        var name = ImportedModel.NameOf(new string('a', 64));
        var request = Read($$"""{ "dataset": "set", "score": { "test": "p", "init": ["{{name}}"] } }""");

        request.Validate().ShouldBeEmpty();
        request.Score!.OptionsFor("resnet20").ShouldSatisfyAllConditions(
            options => options.Architectures.ShouldBe(["resnet20"]),
            options => (options.Epochs, options.MinimumSteps, options.BatchSize, options.LearningRate).ShouldBe((3, 150, 16, 0.005)));
        RepeatCommand.Of(request).ShouldContain($"--score p --score-init {Path.GetFileName(name)}");
        RepeatCommand.ModelsOf(request).ShouldBe([Path.GetFileName(name)]);
        request.Score.Networks().ShouldBe([(1UL, name, "raw"), (1UL, name, "enhanced")]);
    }

    [Theory]
    [InlineData("""{}""", "score.test: name the test sets.")]
    [InlineData("""{ "test": "p", "architectures": [] }""", "score.architectures:")]
    [InlineData("""{ "test": "p", "architectures": null }""", "score.architectures:")]
    [InlineData("""{ "test": "p", "architectures": ["a", "a"] }""", "score.architectures: a network is named twice.")]
    [InlineData("""{ "test": "p", "architectures": [" "] }""", "score.architectures: a name is empty.")]
    [InlineData("""{ "test": "p", "seeds": [3, 3] }""", "score.seeds: a seed is named twice.")]
    [InlineData("""{ "test": "p", "init": [] }""", "score.init: names no model.")]
    [InlineData("""{ "test": "p", "init": ["resnet50.safetensors"] }""", "score.init: 'resnet50.safetensors' is not the name of an imported model.")]
    [InlineData("""{ "test": "p", "init": ["MODEL", "MODEL"] }""", "score.init: a model is named twice.")]
    [InlineData("""{ "test": "p", "architectures": ["resnet20"], "init": ["MODEL"] }""", "score.architectures cannot be given with score.init")]
    [InlineData("""{ "test": "p", "epochs": 0 }""", "score.epochs: must be 1 to 10000, not 0.")]
    public void What_is_out_of_range_is_told(string score, string problem) =>
        Read($$"""{ "dataset": "set", "score": {{score.Replace("MODEL", ImportedModel.NameOf(new string('a', 64)), StringComparison.Ordinal)}} }""").Validate().ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void A_run_trains_so_many_networks_and_no_more()
    {
        var request = new EnhancementRequest { RunId = "run", Dataset = "set", Score = new() { Test = "p", Seeds = [.. Enumerable.Range(0, 34).Select(i => (ulong)i)] } };

        request.Validate().ShouldBe(["score: 204 networks; a run trains at most 200."]);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{ "test": "p", "epochs": "many" }""")]
    [InlineData("""{ "test": "p", "rounds": 3 }""")]
    public void What_cannot_be_read_is_told_with_what_is_expected(string score)
    {
        var problems = new List<string>();

        ChoicesJson.Read($$"""{ "dataset": "set", "score": {{score}} }""", problems);

        problems.ShouldHaveSingleItem().ShouldStartWith(
            "score: expected an object of test (a text), architectures (a list of texts), seeds (a list of whole numbers), epochs (a whole number), init (a list of texts), not ");
    }

    [Theory]
    [InlineData("p", null)]
    [InlineData("set", "holds no finished test sets 'set'")]
    [InlineData("../p", "lead out of the store")]
    [InlineData("UseDevelopmentStorage=true;Container=x;Prefix=p", "holds no finished test sets")]
    public async Task A_start_over_HTTP_names_test_sets_of_the_container(string test, string? problem)
    {
        using var folder = new TemporaryFolder();
        var store = new FolderStore(folder.Path);
        foreach (var name in new[] { "set/a.png", "p/testset.json" })
            await store.WriteAllBytesAsync(name, new byte[1], CancellationToken.None);
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{ "dataset": "set", "score": { "test": "{{test}}" } }""");

        var start = await new RunStarter(new StoredDatasets(store, folder["scratch"]), store, new FanOutLimits()).FromBodyAsync(new MemoryStream(body), CancellationToken.None);

        if (problem is null)
            start.Input.ShouldNotBeNull().Request.Score!.Test.ShouldBe("p");
        else
            start.Problems.ShouldHaveSingleItem().ShouldContain(problem);
    }

    private static EnhancementRequest Read(string text)
    {
        var problems = new List<string>();
        var choices = ChoicesJson.Read(text, problems);
        problems.ShouldBeEmpty();
        return choices.ToRequest("run");
    }
}
