using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Starts;

/// <summary>Bodies of starts over HTTP: what is wrong with them, and which run they name.</summary>
public sealed class HttpStartTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly StartHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_start_by_HTTP_tells_all_that_is_wrong()
    {
        var start = await _harness.StartAsync("""{ "dataset": "nowhere", "limit": 0, "mix": "odd" }""");

        start.Input.ShouldBeNull();
        start.Problems.Count.ShouldBe(3);
        start.Problems.ShouldContain(problem => problem.Contains("'nowhere'", StringComparison.Ordinal));
        (await _harness.StartAsync("{}")).Problems.ShouldHaveSingleItem().ShouldBe("dataset: name the data set.");
        (await _harness.StartAsync("""{ "dataset": "../secret" }""")).Problems.ShouldHaveSingleItem().ShouldContain("..");
    }

    [Theory]
    [InlineData("limit", "0", "limit: must be at least 1, not 0.")]
    [InlineData("iterations", "-3", "iterations: must be 1 to 10000, not -3.")]
    [InlineData("linfEpsilon", "999", "linfEpsilon: must be 0 to 255, not 999.")]
    [InlineData("surrogateEpochs", "0", "surrogateEpochs: must be 1 to 10000, not 0.")]
    [InlineData("architectures", "[]", "architectures: must have at least 1, not 0.")]
    [InlineData("score", "{ \"test\": \"t\", \"epochs\": -1 }", "score.epochs: must be 1 to 10000, not -1.")]
    public async Task A_value_out_of_range_is_told_by_the_name_that_was_written(string option, string value, string problem)
    {
        await _harness.WriteAsync("batch.bin", "pixels");

        (await _harness.StartAsync($$"""{ "dataset": "batch.bin", "{{option}}": {{value}} }""")).Problems.ShouldContain(problem);
    }

    [Theory]
    [InlineData("", "dataset: name the data set.")]
    [InlineData("{ \"dataset\": 5 }", "dataset: expected a text")]
    [InlineData("no JSON", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    public async Task What_could_not_be_read_is_told_of_once(string body, string problem) =>
        (await _harness.StartAsync(body)).Problems.ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public async Task All_that_a_request_names_is_looked_up_before_it_starts()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        var (model, other) = (ImportedModel.NameOf(new string('a', 64)), ImportedModel.NameOf(new string('b', 64)));
        await _harness.Models.WriteAllBytesAsync(model, new byte[1], None);
        await _harness.Models.WriteAllBytesAsync("models/held-out.safetensors", new byte[1], None);

        var wrong = await _harness.StartAsync($$"""
            {
              "dataset": "batch.bin", "surrogateModels": ["{{model}}", "{{other}}"], "heldOut": "models/nowhere.safetensors",
              "score": { "test": "p", "architectures": ["vgg_compact", "vgg_compat"] }
            }
            """);
        var unknown = await _harness.StartAsync("""{ "dataset": "batch.bin", "architectures": ["resnet2000"], "heldOut": "../models" }""");
        var right = await _harness.StartAsync($$"""{ "dataset": "batch.bin", "surrogateInit": ["{{model}}"], "heldOut": "models/held-out.safetensors" }""");
        var scored = await _harness.StartAsync($$"""{ "dataset": "batch.bin", "score": { "test": "p", "init": ["{{model}}", "{{other}}"] } }""");

        string.Join('\n', wrong.Problems).ShouldSatisfyAllConditions(
            it => it.ShouldContain("score.architectures: There is no architecture vgg_compat;"),
            it => it.ShouldContain($"holds no model '{other}'"),
            it => it.ShouldNotContain($"holds no model '{model}'"),
            it => it.ShouldContain("heldOut: "),
            it => it.ShouldContain("holds no model 'models/nowhere.safetensors'"),
            it => it.ShouldContain("score.test: "));
        wrong.Problems.Count.ShouldBe(4);
        string.Join('\n', unknown.Problems).ShouldSatisfyAllConditions(
            it => it.ShouldContain("architectures: There is no architecture resnet2000; there are densenet121,"),
            it => it.ShouldContain("heldOut: The item name '../models'"));
        right.Problems.ShouldBeEmpty();
        scored.Problems.Count.ShouldBe(2);
        scored.Problems.ShouldContain(problem => problem.StartsWith("score.init: ", StringComparison.Ordinal) && problem.Contains($"holds no model '{other}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answer_to_a_long_value_is_short_and_keeps_the_end_of_the_sentence()
    {
        await _harness.WriteAsync("batch.bin", "pixels");
        foreach (var option in EnhancementChoices.Options.Where(option => option.Type == typeof(string) || option.Type.IsAssignableTo(typeof(IReadOnlyList<string>))))
        {
            var value = new string('x', 50_000);
            var text = option.Type == typeof(string) ? $"\"{value}\"" : $"[\"{value}\"]";
            var body = option.JsonName == "dataset" ? "{ \"dataset\": " + text + " }" : $$"""{ "dataset": "batch.bin", "{{option.JsonName}}": {{text}} }""";

            var problems = (await _harness.StartAsync(body)).Problems;

            problems.Sum(problem => problem.Length).ShouldBeLessThan(4 * 1024, option.JsonName);
        }

        (await _harness.StartAsync($$"""{ "dataset": "batch.bin", "architectures": ["{{new string('x', 50_000)}}"] }""")).Problems.ShouldHaveSingleItem().ShouldEndWith("wrn_compact.");
        (await _harness.StartAsync($$"""{ "dataset": "batch.bin", "surrogateModels": [{{string.Join(", ", Enumerable.Repeat("\"x\"", 5_000))}}] }""")).Problems[^1].ShouldStartWith("... and ");
    }

    [Fact]
    public async Task A_body_may_begin_with_a_byte_order_mark()
    {
        await _harness.WriteAsync("batch.bin", "pixels");

        (await _harness.StartAsync("\uFEFF{ \"dataset\": \"batch.bin\" }")).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Equal_wishes_name_the_same_run_whatever_the_shard_size()
    {
        await _harness.WriteAsync("batch.bin", "pixels");

        var ids = new List<string>();
        foreach (var body in new[] { """{ "dataset": "batch.bin" }""", """{ "dataset": "batch.bin", "shardSize": 7 }""", """{ "dataset": "batch.bin", "seed": 1 }""" })
            ids.Add((await _harness.StartAsync(body)).Input!.Request.RunId);

        ids[0].ShouldBe(ids[1]);
        ids[0].ShouldNotBe(ids[2]);
    }
}
