using System.Net;
using System.Text.Json;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace DataCentric.Functions.Tests;

/// <summary>Runs that are listed, shown, terminated and started again, on a real durable engine.</summary>
public sealed class SteeringTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-steering-").FullName;
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunStops _stops;

    public SteeringTests() => _stops = new RunStops(PipelineStores.Within(new FolderStore(_folder)), TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_is_listed_terminated_with_its_activities_and_started_again()
    {
        await using var host = await StartAsync();
        var client = host.Client;
        foreach (var id in new[] { "fails", "waits" })
            (await client.StartAsync(InputOf(id), StartRules.ForUser, _stops, None)).ShouldBe(StartDecision.Start);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await client.WaitForInstanceCompletionAsync("fails", patience.Token);

        var all = await client.ListAsync([], None);
        all.Runs.Select(run => run.RunId).ShouldBe(["fails", "waits"], ignoreOrder: true);
        all.More.ShouldBeFalse();
        (await client.ListAsync([RunPhase.Failed], None)).Runs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            run => run.RunId.ShouldBe("fails"),
            run => run.Dataset.ShouldBe("set"),
            run => run.State.ShouldBe(RunPhase.Failed),
            run => run.Problem.ShouldNotBeNull().ShouldContain("no such file"),
            run => run.ReportUri.ShouldBe("/api/runs/fails/report"));

        await ShouldBeAPageForBrowsersAloneAsync(client);
        (await client.TerminateAsync("nobody", _stops, None)).ShouldBe(RunState.Unknown);
        (await client.TerminateAsync("fails", _stops, None)).ShouldBe(RunState.Ended);
        (await client.RestartAsync("waits", _stops, None)).ShouldBe(RunState.Running);
        var terminated = await new RunSteering(_stops, TimeProvider.System).TerminateRun(new FakeRequest("POST", "/api/runs/waits/terminate"), client, "waits", None);
        terminated.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        terminated.Headers.GetValues("Retry-After").ShouldBe(["5"]);
        await client.WaitForInstanceCompletionAsync("waits", patience.Token);
        File.Exists(Path.Combine(_folder, "runs", "waits", "stop")).ShouldBeTrue("Its activities are asked to end.");
        (await client.FindAsync("waits", None)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            run => run.State.ShouldBe(RunPhase.Terminated), run => run.Problem.ShouldBe("Terminated on request."));

        var restarted = await new RunSteering(_stops, TimeProvider.System).RestartRun(new FakeRequest("POST", "/api/runs/waits/restart"), client, "waits", None);
        restarted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        restarted.Headers.GetValues("Retry-After").ShouldBe(["5"]);
        File.Exists(Path.Combine(_folder, "runs", "waits", "stop")).ShouldBeFalse("They may work again.");
        (await client.FindAsync("waits", None)).ShouldNotBeNull().HasEnded.ShouldBeFalse();
        (await client.FindAsync("nobody", None)).ShouldBeNull();
        _enough.SetResult();
    }

    private async Task ShouldBeAPageForBrowsersAloneAsync(DurableTaskClient client)
    {
        var steering = new RunSteering(_stops, TimeProvider.System);
        foreach (var accept in new[] { null, "*/*", "application/json", "application/json, text/html;q=0.9", "text/html;q=0" })
        {
            var answer = await steering.ListRuns(new FakeRequest("GET", "/api/runs", accept), client, None);
            answer.Headers.GetValues("Content-Type").ShouldBe(["application/json; charset=utf-8"], accept);
            JsonDocument.Parse(FakeRequest.TextOf(answer)).RootElement.GetProperty("runs").GetArrayLength().ShouldBe(2);
        }

        var page = await steering.ListRuns(new FakeRequest("GET", "/api/runs?state=failed&code=a%22b", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), client, None);
        page.Headers.GetValues("Content-Type").ShouldBe(["text/html; charset=utf-8"]);
        page.Headers.GetValues("Vary").ShouldBe(["Accept"]);
        var text = FakeRequest.TextOf(page);
        text.ShouldContain("no such file");
        text.ShouldNotContain("waits");
        text.ShouldContain("/api/runs?state=running&amp;code=a%22b", Case.Sensitive, "Links need the key that the address had.");
        (await steering.ListRuns(new FakeRequest("GET", "/api/runs?state=lost", "text/html"), client, None)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static RunInput InputOf(string id) => new(new EnhancementRequest { RunId = id, Dataset = "set" }, new FanOutLimits());

    private Task<DurableTaskTestHost> StartAsync() => DurableTaskTestHost.StartAsync(tasks =>
    {
        tasks.AddOrchestrators();
        tasks.AddActivityFunc<EnhancementRequest, Reply<FinishedRun>>(ActivityNames.FindFinished.Name, async (_, request) =>
        {
            if (request.RunId == "fails")
                return new Reply<FinishedRun>(Value: null, "set: no such file");
            await _enough.Task;
            return new Reply<FinishedRun>(new FinishedRun(null), BadInput: null);
        });
    });
}
