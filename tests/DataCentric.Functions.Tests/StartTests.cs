using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace DataCentric.Functions.Tests;

/// <summary>Starts of runs on a real durable engine.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-starts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Of_equal_starts_at_once_the_run_is_started_once_and_the_others_are_told()
    {
        var (runs, hold) = (0, new TaskCompletionSource());
        await using var host = await DurableTaskTestHost.StartAsync(tasks =>
        {
            tasks.AddOrchestrators();
            tasks.AddActivityFunc<EnhancementRequest, Reply<FinishedRun>>(ActivityNames.FindFinished.Name, async (_, _) =>
            {
                Interlocked.Increment(ref runs);
                await hold.Task;
                return new Reply<FinishedRun>(Value: null, "enough");
            });
        });
        var stops = new RunStops(PipelineStores.Within(new FolderStore(_folder)), TimeProvider.System);
        var input = new RunInput(new EnhancementRequest { RunId = "run", Dataset = "set" }, new FanOutLimits());

        var decisions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Client.StartAsync(input, StartRules.ForUser, stops, None))));
        var again = await host.Client.StartAsync(input, StartRules.ForUser, stops, None);
        hold.SetResult();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var ended = await host.Client.WaitForInstanceCompletionAsync("run", patience.Token);

        decisions.Count(decision => decision == StartDecision.Start).ShouldBe(1);
        decisions.Count(decision => decision == StartDecision.Refuse).ShouldBe(19);
        again.ShouldBe(StartDecision.Refuse);
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        runs.ShouldBe(1);
        (await host.Client.StartAsync(input, StartRules.ForUser, stops, None)).ShouldBe(StartDecision.Start, "A run that ended may be started again.");
    }
}
