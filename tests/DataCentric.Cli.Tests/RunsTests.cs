using DataCentric.Cli.Composition;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Tests;

/// <summary>The verb <c>runs</c> against an app that answers as the real one does.</summary>
public sealed class RunsTests
{
    private const string Id = "0a1b2c3d4e5f60718293";

    [Fact]
    public async Task Runs_are_listed_by_state_with_the_key_of_the_environment()
    {
        using var app = new FakeApp { ["GET /api/runs?state=running%2Cfailed"] = [(200, new RunList([Run(RunPhase.Running, 40), Run(RunPhase.Failed, 70)], More: true))] };

        var result = await RunAsync(app, "list", "--state", "running,failed");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Output.ShouldSatisfyAllConditions(it => it.ShouldContain(Id), it => it.ShouldContain("running"), it => it.ShouldContain("failed"), it => it.ShouldContain("40"));
        result.Error.ShouldContain("There are more");
        app.KeysSent.Distinct().ShouldBe(["the-key"]);
    }

    [Theory]
    [InlineData(RunPhase.Completed, ExitCode.Done)]
    [InlineData(RunPhase.Failed, ExitCode.Failed)]
    [InlineData(RunPhase.Terminated, ExitCode.Failed)]
    public async Task A_run_is_watched_to_its_end_which_is_the_exit_code(RunPhase end, int code)
    {
        using var app = new FakeApp { [$"GET /api/runs/{Id}"] = [(200, Run(RunPhase.Running, 40)), (200, Run(end, 100) with { Problem = "what was wrong" })] };

        var result = await RunAsync(app, "watch", Id);

        result.ExitCode.ShouldBe(code, result.Error);
        result.Error.ShouldContain("running: Attacking and corrupting, 40 %, 4 of 10 shards");
        result.Output.ShouldContain("what was wrong");
    }

    [Fact]
    public async Task An_app_that_does_not_answer_for_a_moment_is_asked_again()
    {
        using var app = new FakeApp { [$"GET /api/runs/{Id}"] = [(200, Run(RunPhase.Running, 40)), (503, new { }), (502, new { }), (200, Run(RunPhase.Completed, 100))] };

        var result = await RunAsync(app, "watch", Id);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Error.ShouldContain("answers 503. It is asked again.");
        result.Error.ShouldNotContain("answers 502");
    }

    [Fact]
    public async Task A_run_is_stopped_restarted_and_purged()
    {
        using var app = new FakeApp
        {
            [$"POST /api/runs/{Id}/terminate"] = [(202, new { runId = Id })],
            [$"POST /api/runs/{Id}/restart"] = [(202, new { id = Id })],
            [$"DELETE /api/runs/{Id}"] = [(200, new { removed = 7 })],
        };

        foreach (var action in new[] { "stop", "restart", "purge" })
            (await RunAsync(app, action, Id)).ShouldSatisfyAllConditions(it => it.ExitCode.ShouldBe(ExitCode.Done, it.Error), it => it.Error.ShouldContain($"Run {Id}"));
        (await RunAsync(app, "purge", Id, "--json")).Output.ShouldContain("\"removed\": 7");
    }

    [Fact]
    public async Task What_the_app_refuses_is_told_in_its_words_and_what_is_no_app_as_such()
    {
        using var app = new FakeApp
        {
            [$"GET /api/runs/{Id}"] = [(404, new { problems = new[] { $"Run {Id} is not known." } })],
            ["GET /api/runs"] = [(401, new { })],
            [$"POST /api/runs/{Id}/restart"] = [(502, new { })],
        };

        (await RunAsync(app, "show", Id)).ShouldSatisfyAllConditions(it => it.ExitCode.ShouldBe(ExitCode.BadInput), it => it.Error.ShouldContain("is not known"));
        (await RunAsync(app, "list")).ShouldSatisfyAllConditions(it => it.ExitCode.ShouldBe(ExitCode.BadInput), it => it.Error.ShouldContain("DATACENTRIC_APP_KEY"));
        (await RunAsync(app, "restart", Id)).ShouldSatisfyAllConditions(it => it.ExitCode.ShouldBe(ExitCode.Failed), it => it.Error.ShouldContain("answers 502"));
    }

    [Theory]
    [InlineData("list 0a1b --app http://127.0.0.1:1", "takes no id")]
    [InlineData("show --app http://127.0.0.1:1", "name the run")]
    [InlineData("dance --app http://127.0.0.1:1", "dance")]
    [InlineData("list --app nowhere", "expected an http or https address")]
    [InlineData("list --app http://127.0.0.1:1 --state odd", "state: expected some of pending")]
    public async Task What_cannot_be_asked_is_refused(string line, string problem)
    {
        var result = await Tool.RunAsync(["runs", .. line.Split(' ')]);

        (result.ExitCode, result.Error.Contains(problem, StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true), result.Error);
    }

    private static RunEntry Run(RunPhase state, int percent) =>
        new(Id, "fashion", state, new DateTimeOffset(2031, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2031, 1, 2, 3, 5, 5, TimeSpan.Zero), $"/api/runs/{Id}/report")
        {
            Status = new RunStatus(WorkflowPhase.Shards, 4, 0, 10, 400, 1000, percent),
        };

    private static async Task<ToolResult> RunAsync(FakeApp app, params string[] words)
    {
        using var tool = Tool.Start(["runs", .. words, "--app", app.Address], (RemoteRuns.KeyVariable, "the-key"));
        return await Tool.FinishAsync(tool);
    }
}
