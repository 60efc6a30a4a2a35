using System.Text;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Starts;

public sealed class UploadTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStore _store;
    private readonly FolderStore _models;
    private readonly RunStarter _starter;

    public UploadTests()
    {
        _store = new FolderStore(_folder["datasets"]);
        _models = new FolderStore(_folder["models"]);
        _starter = new RunStarter(new StoredDatasets(_store, _folder["scratch"]), _models, new FanOutLimits());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_set_of_one_blob_starts_with_the_defaults_or_with_its_sidecar()
    {
        await WriteAsync("batch.bin", "pixels");

        var byDefault = await _starter.FromUploadAsync("batch.bin", None);
        byDefault!.Input!.Request.Dataset.ShouldBe("batch.bin");
        byDefault.Input.Request.Split.ToString().ShouldBe("1:2:2");

        await WriteAsync("batch.bin.json", """{ "split": "1:1:3", "seed": 9 }""");
        var chosen = await _starter.FromUploadAsync("batch.bin", None);
        chosen!.Input!.Request.Split.ToString().ShouldBe("1:1:3");
        chosen.Input.Request.Seed.ShouldBe(9UL);
        chosen.Input.Request.RunId.ShouldNotBe(byDefault.Input.Request.RunId);
    }

    [Fact]
    public async Task A_folder_starts_with_its_sidecar_and_not_with_its_blobs()
    {
        await WriteAsync("mnist/data.npy", "pixels");
        await WriteAsync("mnist/label.npy", "labels");
        await WriteAsync("mnist.json", "{}");

        (await _starter.FromUploadAsync("mnist/data.npy", None)).ShouldBeNull();
        (await _starter.FromUploadAsync("mnist/label.npy", None)).ShouldBeNull();
        (await _starter.FromUploadAsync("mnist.json", None))!.Input!.Request.Dataset.ShouldBe("mnist");
    }

    [Fact]
    public async Task The_sidecar_of_one_blob_starts_nothing()
    {
        await WriteAsync("batch.bin", "pixels");
        await WriteAsync("batch.bin.json", "{}");

        (await _starter.FromUploadAsync("batch.bin.json", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_repeated_event_names_the_same_run_and_a_new_upload_another()
    {
        await WriteAsync("batch.bin", "pixels");
        var first = await RunIdAsync();

        (await RunIdAsync()).ShouldBe(first);
        File.SetLastWriteTimeUtc(Path.Combine(_store.Location, "batch.bin"), new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await RunIdAsync()).ShouldNotBe(first);

        async Task<string> RunIdAsync() => (await _starter.FromUploadAsync("batch.bin", None))!.Input!.Request.RunId;
    }

    [Fact]
    public async Task A_broken_sidecar_is_told_and_starts_nothing()
    {
        await WriteAsync("batch.bin", "pixels");
        await WriteAsync("batch.bin.json", """{ "splitt": "1:1:3", "dataset": "other" }""");

        var start = await _starter.FromUploadAsync("batch.bin", None);

        start!.Input.ShouldBeNull();
        start.Problems.Count.ShouldBe(2);
        start.Problems.ShouldContain("dataset: batch.bin.json belongs to 'batch.bin', not to 'other'.");
    }

    [Theory]
    [InlineData("batch.bin", "batch.bin")]
    [InlineData("mnist/data.npy", "mnist")]
    public async Task What_is_wrong_lies_beside_the_data_set_until_an_upload_starts_a_run(string data, string dataset)
    {
        var starts = data == dataset ? data : dataset + ".json";
        await WriteAsync(data, "pixels");
        await WriteAsync($"{dataset}.json", """{ "splitt": "1:1:3" }""");
        await _starter.FromUploadAsync(starts, None);

        var told = Encoding.UTF8.GetString(await _store.ReadAllBytesAsync($"{dataset}.problems.json", None));
        told.ShouldContain("splitt: there is no such option");
        (await _starter.FromUploadAsync($"{dataset}.problems.json", None)).ShouldBeNull("It tells, and starts nothing.");
        (await StartAsync($$"""{ "dataset": "{{dataset}}" }""")).Problems.ShouldBeEmpty("It is no part of the data set.");

        await WriteAsync($"{dataset}.json", """{ "split": "1:1:3" }""");
        (await _starter.FromUploadAsync(starts, None))!.Input.ShouldNotBeNull();
        (await _store.FindAsync($"{dataset}.problems.json", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_start_by_HTTP_tells_all_that_is_wrong()
    {
        var start = await StartAsync("""{ "dataset": "nowhere", "limit": 0, "mix": "odd" }""");

        start.Input.ShouldBeNull();
        start.Problems.Count.ShouldBe(3);
        start.Problems.ShouldContain(problem => problem.Contains("'nowhere'", StringComparison.Ordinal));
        (await StartAsync("{}")).Problems.ShouldHaveSingleItem().ShouldBe("dataset: name the data set.");
        (await StartAsync("""{ "dataset": "../secret" }""")).Problems.ShouldHaveSingleItem().ShouldContain("..");
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
        await WriteAsync("batch.bin", "pixels");

        (await StartAsync($$"""{ "dataset": "batch.bin", "{{option}}": {{value}} }""")).Problems.ShouldContain(problem);
    }

    [Fact]
    public async Task Of_a_body_or_sidecar_that_never_ends_no_more_is_read_than_options_may_be_long()
    {
        await WriteAsync("batch.bin", "pixels");
        await WriteAsync("batch.bin.json", new string(' ', ChoicesJson.LongestText + 1));
        using var endless = new EndlessStream();

        (await _starter.FromBodyAsync(endless, None)).Problems.ShouldHaveSingleItem().ShouldBe("The options: longer than 65536 bytes, the most that is read.");
        (await _starter.FromUploadAsync("batch.bin", None))!.Problems.ShouldHaveSingleItem().ShouldStartWith("batch.bin.json: longer than");

        endless.BytesRead.ShouldBeLessThanOrEqualTo(2 * ChoicesJson.LongestText);
    }

    [Theory]
    [InlineData("", "dataset: name the data set.")]
    [InlineData("{ \"dataset\": 5 }", "dataset: expected a text")]
    [InlineData("no JSON", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    public async Task What_could_not_be_read_is_told_of_once(string body, string problem) =>
        (await StartAsync(body)).Problems.ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public async Task All_that_a_request_names_is_looked_up_before_it_starts()
    {
        await WriteAsync("batch.bin", "pixels");
        var (model, other) = (ImportedModel.NameOf(new string('a', 64)), ImportedModel.NameOf(new string('b', 64)));
        await _models.WriteAllBytesAsync(model, new byte[1], None);
        await _models.WriteAllBytesAsync("models/held-out.safetensors", new byte[1], None);

        var wrong = await StartAsync($$"""
            {
              "dataset": "batch.bin", "surrogateModels": ["{{model}}", "{{other}}"], "heldOut": "models/nowhere.safetensors",
              "score": { "test": "p", "architectures": ["vgg_compact", "vgg_compat"] }
            }
            """);
        var unknown = await StartAsync("""{ "dataset": "batch.bin", "architectures": ["resnet2000"], "heldOut": "../models" }""");
        var right = await StartAsync($$"""{ "dataset": "batch.bin", "surrogateInit": ["{{model}}"], "heldOut": "models/held-out.safetensors" }""");

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
    }

    [Fact]
    public async Task The_answer_to_a_long_value_is_short_and_keeps_the_end_of_the_sentence()
    {
        await WriteAsync("batch.bin", "pixels");
        foreach (var option in EnhancementChoices.Options.Where(option => option.Type == typeof(string) || option.Type.IsAssignableTo(typeof(IReadOnlyList<string>))))
        {
            var value = new string('x', 50_000);
            var text = option.Type == typeof(string) ? $"\"{value}\"" : $"[\"{value}\"]";
            var body = option.JsonName == "dataset" ? "{ \"dataset\": " + text + " }" : $$"""{ "dataset": "batch.bin", "{{option.JsonName}}": {{text}} }""";

            var problems = (await StartAsync(body)).Problems;

            problems.Sum(problem => problem.Length).ShouldBeLessThan(4 * 1024, option.JsonName);
        }

        (await StartAsync($$"""{ "dataset": "batch.bin", "architectures": ["{{new string('x', 50_000)}}"] }""")).Problems.ShouldHaveSingleItem().ShouldEndWith("wrn_compact.");
        (await StartAsync($$"""{ "dataset": "batch.bin", "surrogateModels": [{{string.Join(", ", Enumerable.Repeat("\"x\"", 5_000))}}] }""")).Problems[^1].ShouldStartWith("... and ");
    }

    [Fact]
    public async Task A_body_may_begin_with_a_byte_order_mark()
    {
        await WriteAsync("batch.bin", "pixels");

        (await StartAsync("\uFEFF{ \"dataset\": \"batch.bin\" }")).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Equal_wishes_name_the_same_run_whatever_the_shard_size()
    {
        await WriteAsync("batch.bin", "pixels");

        var ids = new List<string>();
        foreach (var body in new[] { """{ "dataset": "batch.bin" }""", """{ "dataset": "batch.bin", "shardSize": 7 }""", """{ "dataset": "batch.bin", "seed": 1 }""" })
            ids.Add((await StartAsync(body)).Input!.Request.RunId);

        ids[0].ShouldBe(ids[1]);
        ids[0].ShouldNotBe(ids[2]);
    }

    [Theory]
    [InlineData(RunState.Unknown, StartDecision.Start, StartDecision.Start)]
    [InlineData(RunState.Running, StartDecision.Refuse, StartDecision.Ignore)]
    [InlineData(RunState.Ended, StartDecision.Start, StartDecision.Ignore)]
    public void A_run_is_started_once_at_a_time_by_users_and_once_by_an_upload(RunState state, StartDecision user, StartDecision upload)
    {
        StartRules.ForUser(state).ShouldBe(user);
        StartRules.ForUpload(state).ShouldBe(upload);
    }

    [Fact]
    public async Task A_data_set_is_fetched_to_the_scratch_folder_and_removed_afterwards()
    {
        await WriteAsync("mnist/sub/data.npy", "pixels");
        var datasets = new StoredDatasets(_store, _folder["scratch"]);

        string path;
        using (var located = await datasets.LocateAsync("mnist", None))
        {
            path = located.Path;
            (await File.ReadAllTextAsync(Path.Combine(path, "sub", "data.npy"), None)).ShouldBe("pixels");
        }

        Directory.Exists(path).ShouldBeFalse();
        await Should.ThrowAsync<InputException>(() => datasets.LocateAsync("nowhere", None));
    }

    private Task<RunStart> StartAsync(string body) => _starter.FromBodyAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), None);

    private Task WriteAsync(string name, string text) => _store.WriteAllBytesAsync(name, Encoding.UTF8.GetBytes(text), None);
}
