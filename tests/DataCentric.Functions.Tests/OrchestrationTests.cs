using DataCentric.Images;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace DataCentric.Functions.Tests;

/// <summary>The orchestrators on a real durable engine, with stand-ins for the activities.</summary>
public sealed class OrchestrationTests
{
    private static readonly EnhancementRequest Request = new()
    {
        RunId = "run",
        Dataset = "set",
        ShardSize = 10,
        Split = new Split(1, 1, 1),
        Surrogates = new() { Architectures = ["one"] },
    };

    private int _ingests;

    [Theory]
    [InlineData(200, SelectionRule.Random)]
    [InlineData(7, SelectionRule.Random)]
    [InlineData(7, SelectionRule.Entropy)]
    public async Task A_run_ends_well_also_when_its_shards_are_divided_among_child_orchestrations(int maxFanOut, SelectionRule selection)
    {
        var metadata = await RunAsync(
            new FanOutLimits { MaxInFlight = 4, MaxFanOut = maxFanOut, HasAttackWorkers = true, AttackWorkerPatience = TimeSpan.FromMinutes(5) },
            Request with { Selection = selection });

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, metadata.FailureDetails?.ErrorMessage);
        metadata.ReadOutputAs<RunOutput>()!.ReportUri.ShouldBe("/api/runs/run/report");
        var status = metadata.ReadCustomStatusAs<RunStatus>()!;
        status.Phase.ShouldBe(WorkflowPhase.Done);
        status.Stages.Select(stage => stage.Phase).ShouldBe(selection == SelectionRule.Random
            ? [WorkflowPhase.Ingest, WorkflowPhase.Plan, WorkflowPhase.Surrogates, WorkflowPhase.Shards, WorkflowPhase.Assemble, WorkflowPhase.Verify, WorkflowPhase.Publish]
            : [WorkflowPhase.Ingest, WorkflowPhase.Surrogates, WorkflowPhase.Scores, WorkflowPhase.Plan, WorkflowPhase.Shards, WorkflowPhase.Assemble, WorkflowPhase.Verify, WorkflowPhase.Publish]);
        status.Stages.ToDictionary(stage => stage.Phase, stage => stage.Images).ShouldSatisfyAllConditions(
            images => images[WorkflowPhase.Ingest].ShouldBe(300),
            images => images[WorkflowPhase.Shards].ShouldBe(200),
            images => images[WorkflowPhase.Verify].ShouldBe(300));
        status.Stages.Single(stage => stage.Phase == WorkflowPhase.Shards).ImagesPerSecond.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_is_scored_ends_well_also_when_a_network_fails(bool fails)
    {
        var metadata = await RunAsync(
            new FanOutLimits { MaxInFlight = 2, HasAttackWorkers = true },
            Request with { Score = new ScoringRequest { Test = "p", Architectures = ["one"], Seeds = [1, 2] } },
            score: input => fails && input is { Variant: "raw", Seed: 2 } ? throw new InputException("p changed") : new ScoredNetwork(input.Part!, 50));

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, metadata.FailureDetails?.ErrorMessage);
        metadata.ReadOutputAs<RunOutput>()!.Summary.ShouldSatisfyAllConditions(
            summary => summary.Count.ShouldBe(300),
            summary => summary.Score.ShouldBe(fails ? new ScoreSummary(null, null, "p changed") : new ScoreSummary(40, 50)));
        metadata.ReadCustomStatusAs<RunStatus>()!.Phase.ShouldBe(WorkflowPhase.Done);
    }

    [Fact]
    public async Task Bad_input_is_told_in_its_own_words_and_not_tried_again()
    {
        var metadata = await RunAsync(new FanOutLimits(), Request, ingest: _ => throw new InputException("label.npy has 9 rows for 10 images"));

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        metadata.FailureDetails!.ErrorMessage.ShouldContain("label.npy has 9 rows for 10 images");
        _ingests.ShouldBe(1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(7)]
    public async Task Shards_that_may_fail_are_told_to_the_stages_after_also_where_child_orchestrations_had_them(int maxFanOut)
    {
        var request = Request with { MaxFailedShards = 2 };

        var metadata = await RunAsync(
            new FanOutLimits { MaxInFlight = 4, MaxFanOut = maxFanOut }, request, corrupt: input => input.Shard.Start is 20 or 90 ? throw new InvalidDataException("no room") : null);

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, metadata.FailureDetails?.ErrorMessage);
        metadata.ReadOutputAs<RunOutput>()!.Summary.ShouldSatisfyAllConditions(
            summary => summary.Plan.ShouldBe(new PlanSummary(120, 100, 80)),
            summary => summary.FailedShards!.Select(failed => failed.Shard.Start).ShouldBe([20, 90]),
            summary => summary.FailedShards!.ShouldAllBe(failed => failed.Reason.Contains("no room")));
        metadata.ReadCustomStatusAs<RunStatus>()!.ShouldSatisfyAllConditions(status => status.Phase.ShouldBe(WorkflowPhase.Done), status => status.Failed.ShouldBe(2));
    }

    [Fact]
    public async Task Without_an_attack_worker_the_timer_ends_the_run()
    {
        var limits = new FanOutLimits { AttackWorkerPatience = TimeSpan.FromSeconds(2) };

        var metadata = await RunAsync(limits, Request, findWorker: async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            return new AttackWorker("late");
        });

        metadata.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        metadata.FailureDetails!.ErrorMessage.ShouldContain("No attack worker answered");
    }

    private async Task<OrchestrationMetadata> RunAsync(
        FanOutLimits limits,
        EnhancementRequest request,
        Func<EnhancementRequest, IngestedSet>? ingest = null,
        Func<AttackWorkerQuery, Task<AttackWorker>>? findWorker = null,
        Func<NetworkInput, ScoredNetwork>? score = null,
        Func<ShardInput, ShardSummary?>? corrupt = null)
    {
        await using var host = await DurableTaskTestHost.StartAsync(tasks =>
        {
            tasks.AddOrchestrators();
            Add(tasks, ActivityNames.FindFinished, _ => new FinishedRun(null));
            Add(tasks, ActivityNames.Ingest, input =>
            {
                Interlocked.Increment(ref _ingests);
                return ingest?.Invoke(input) ?? new IngestedSet("hash", 300, new ImageShape(32, 32), 10, false);
            });
            Add(tasks, ActivityNames.Plan, _ => new PlanSummary(100, 100, 100));
            tasks.AddActivityFunc<AttackWorkerQuery, Reply<AttackWorker>>(ActivityNames.FindAttackWorker.Name, (_, query) =>
                Reply.OfAsync(() => findWorker?.Invoke(query) ?? Task.FromResult(new AttackWorker("a device"))));
            Add(tasks, ActivityNames.PrepareSurrogate, input => new TrainedModel(input.Architecture!, "model", "hash", 1, 1));
            Add(tasks, ActivityNames.ScoreShard, input => new ShardSummary(input.Shard.Name, false));
            Add(tasks, ActivityNames.CorruptShard, input => corrupt?.Invoke(input) ?? new ShardSummary(input.Shard.Name, false));
            Add(tasks, ActivityNames.AttackShard, input => new ShardSummary(input.Shard.Name, false));
            Add(tasks, ActivityNames.Assemble, _ => new AssembledSet([]));
            Add(tasks, ActivityNames.Verify, _ => new VerificationReport(300, 0, []));
            Add(tasks, ActivityNames.CheckTestSets, _ => new TestSetSummary("hash", 100, TestProtocol.Clean, []));
            Add(tasks, ActivityNames.ScoreNetwork, input => score!(input));
            Add(tasks, ActivityNames.Score, _ => new EnhancementSummary("run", "there", 300, new PlanSummary(100, 100, 100), null, Score: new ScoreSummary(40, 50)));
            Add(tasks, ActivityNames.Publish, input => new EnhancementSummary("run", "there", 300, input.Plan, null, FailedShards: input.Failed.Count > 0 ? input.Failed : null));
        });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Orchestrators.EnhancementOrchestrator), new RunInput(request, limits));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    private static void Add<TInput, TOutput>(DurableTaskRegistry tasks, ActivityName<TInput, TOutput> activity, Func<TInput, TOutput> answer)
        where TInput : notnull
        where TOutput : class =>
        tasks.AddActivityFunc<TInput, Reply<TOutput>>(activity.Name, (_, input) => Reply.OfAsync(() => Task.FromResult(answer(input))));
}
