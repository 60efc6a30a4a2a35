using System.Text.Json.Nodes;
using DataCentric.Cli.Composition;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Tests;

/// <summary><c>enhance --on</c> against an app that answers as the real one does; a folder is its storage account.</summary>
public sealed class RemoteEnhanceTests : IDisposable
{
    private const string Id = "0a1b2c3d4e5f60718293";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(202, RunPhase.Completed, ExitCode.Done)]
    [InlineData(409, RunPhase.Completed, ExitCode.Done)]
    [InlineData(202, RunPhase.Failed, ExitCode.Failed)]
    [InlineData(202, RunPhase.Terminated, ExitCode.Failed)]
    public async Task A_run_of_a_data_set_that_is_there_is_started_or_found_running_and_followed(int answer, RunPhase end, int code)
    {
        using var app = AppOf(answer, end);
        File.WriteAllText(_folder["options.json"], """{ "dataset": "other", "limit": 5, "surrogateModels": ["resnet20-0123456789abcdef"], "seed": 1 }""");

        var result = await RunAsync(app, "--dataset", "fashion", "--options", _folder["options.json"], "--seed", "7", "--split", "1:1:3", "--score", "tests");

        result.ExitCode.ShouldBe(code, result.Error);
        result.Error.ShouldContain($"Run {Id}");
        JsonNode.DeepEquals(
            JsonNode.Parse(app.Bodies.ShouldHaveSingleItem()),
            JsonNode.Parse("""{ "dataset": "fashion", "split": "1:1:3", "seed": 7, "limit": 5, "surrogateModels": ["resnet20-0123456789abcdef"], "score": { "test": "tests", "architectures": ["vgg_compact", "densenet_compact", "wrn_compact"], "seeds": [1] } }"""))
            .ShouldBeTrue(app.Bodies[0]);
        app.KeysSent.Distinct().ShouldBe(["the-key"]);
    }

    [Fact]
    public async Task What_the_app_refuses_is_told_in_its_words()
    {
        using var app = new FakeApp { ["POST /api/runs"] = [(400, new { problems = new[] { "limit: must be at least 1, not 0." } })] };

        (await RunAsync(app, "--dataset", "fashion")).ShouldSatisfyAllConditions(it => it.ExitCode.ShouldBe(ExitCode.BadInput), it => it.Error.ShouldContain("limit: must be at least 1"));
    }

    [Fact]
    public async Task A_data_set_of_this_machine_is_sent_once_and_the_result_is_fetched()
    {
        using var app = AppOf(202, RunPhase.Completed);
        Directory.CreateDirectory(_folder["set"]);
        File.WriteAllText(_folder["set/data.npy"], "pixels");
        Directory.CreateDirectory(_folder[$"account/datacentric/enhanced/set/{Id}"]);
        File.WriteAllText(_folder[$"account/datacentric/enhanced/set/{Id}/data.npy"], "enhanced");

        var first = await RunAsync(app, "--dataset", _folder["set"], "--account", _folder["account"], "--out", _folder["out"], "--limit", "5");
        var sent = File.GetLastWriteTimeUtc(_folder["account/datasets/set/data.npy"]);
        var again = await RunAsync(app, "--dataset", _folder["set"], "--account", _folder["account"], "--limit", "5");

        first.ExitCode.ShouldBe(ExitCode.Done, first.Error);
        File.ReadAllText(_folder["out/data.npy"]).ShouldBe("enhanced");
        File.ReadAllText(_folder["account/datasets/set.json"]).ShouldBe("""{"limit":5}""");
        app.Bodies.Distinct().ShouldBe(["""{"dataset":"set","limit":5}"""]);
        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        again.Error.ShouldContain("already");
        File.GetLastWriteTimeUtc(_folder["account/datasets/set/data.npy"]).ShouldBe(sent, "A data set that is sent again is another one.");
    }

    [Theory]
    [InlineData("--out out", "--out needs --account")]
    [InlineData("--workers 2", "--workers cannot be given with --on")]
    [InlineData("--dry-run", "--dry-run cannot be given with --on")]
    [InlineData("--surrogate-minutes 3", "--surrogate-minutes cannot be given with --on")]
    public async Task What_only_this_machine_could_do_is_refused(string switches, string problem)
    {
        var result = await Tool.RunAsync(["enhance", "--on", "http://127.0.0.1:1", "--dataset", "set", .. switches.Split(' ')]);

        (result.ExitCode, result.Error.Contains(problem, StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true), result.Error);
    }

    [Theory]
    [InlineData("--account a", "--account needs --on")]
    [InlineData("--seed 1", "'--out' is required")]
    [InlineData("--on nowhere", "--on nowhere: expected an http or https address")]
    public async Task What_lacks_its_other_half_is_refused(string switches, string problem)
    {
        var result = await Tool.RunAsync(["enhance", "--dataset", "set", .. switches.Split(' ')]);

        (result.ExitCode, result.Error.Contains(problem, StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true), result.Error);
    }

    private static FakeApp AppOf(int answer, RunPhase end)
    {
        var run = new RunEntry(Id, "set", RunPhase.Running, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, $"/api/runs/{Id}/report")
        {
            Status = new RunStatus(WorkflowPhase.Shards, 4, 0, 10, 400, 1000, 40),
        };
        return new()
        {
            ["POST /api/runs"] = [(answer, new { id = Id, problems = answer == 409 ? new[] { "It is running." } : null })],
            [$"GET /api/runs/{Id}"] = [(200, run), (200, run with { State = end, Problem = end == RunPhase.Failed ? "what was wrong" : null })],
        };
    }

    private static async Task<ToolResult> RunAsync(FakeApp app, params string[] words)
    {
        using var tool = Tool.Start(["enhance", "--on", app.Address, .. words], (RemoteRuns.KeyVariable, "the-key"));
        return await Tool.FinishAsync(tool);
    }
}
