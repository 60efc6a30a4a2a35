using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Workflow;

public class EnhancementWorkflowTests
{
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "set", ShardSize = 10, Split = new Split(1, 1, 1) };

    private static readonly EnhancementRequest Scored = Request with { Score = new ScoringRequest { Test = "p", Seeds = [1, 2] } };

    [Fact]
    public async Task Every_stage_runs_and_every_shard_once()
    {
        var context = new ScriptedContext(maxInFlight: 3);

        await EnhancementWorkflow.RunAsync(context, Request);

        context.Called("Ingest").ShouldBe(1);
        context.Called("Plan").ShouldBe(1);
        context.Called("PrepareSurrogate").ShouldBe(Request.Surrogates.Architectures.Count);
        context.Called("FindAttackWorker").ShouldBe(1);
        context.Called("CorruptShard").ShouldBe(10);
        context.Called("AttackShard").ShouldBe(100 / 32 + 1);
        context.Called("Assemble").ShouldBe(1);
        context.Called("Verify").ShouldBe(1);
        context.Called("Publish").ShouldBe(1);
        context.Last!.Phase.ShouldBe(WorkflowPhase.Done);
    }

    [Fact]
    public async Task A_finished_run_is_not_made_again()
    {
        var context = new ScriptedContext(maxInFlight: 2) { Finished = new EnhancementSummary("run", "there", 300, new PlanSummary(100, 100, 100), null) };

        (await EnhancementWorkflow.RunAsync(context, Request)).ShouldBe(context.Finished);

        context.Called("Ingest").ShouldBe(0);
    }

    [Fact]
    public async Task Surrogates_are_not_trained_where_nothing_is_attacked()
    {
        var context = new ScriptedContext(maxInFlight: 2) { Plan = new PlanSummary(150, 0, 150) };

        await EnhancementWorkflow.RunAsync(context, Request);

        context.Called("FindAttackWorker").ShouldBe(0);
        context.Called("PrepareSurrogate").ShouldBe(0);
        context.Called("AttackShard").ShouldBe(0);
    }

    [Fact]
    public async Task Where_surrogates_choose_they_are_prepared_and_asked_before_the_plan_also_when_nothing_is_attacked()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Plan = new PlanSummary(150, 0, 150) };

        await EnhancementWorkflow.RunAsync(context, Request with { Selection = SelectionRule.Entropy });

        context.Called("FindAttackWorker").ShouldBe(1);
        context.Called("PrepareSurrogate").ShouldBe(Request.Surrogates.Architectures.Count);
        context.Called("ScoreShard").ShouldBe((300 + 31) / 32, "shards of 10 samples hold a whole batch of 32");
        context.Called("AttackShard").ShouldBe(0);
        context.Reports.Select(report => report.Phase).Distinct().Take(4)
            .ShouldBe([WorkflowPhase.Ingest, WorkflowPhase.Surrogates, WorkflowPhase.Scores, WorkflowPhase.Plan]);
    }

    [Fact]
    public async Task A_shard_that_cannot_be_scored_ends_the_run_before_the_plan()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Fails = input => input is ScoreInput { Shard.Start: 64 } };

        var failure = await Should.ThrowAsync<ShardsFailedException>(() =>
            EnhancementWorkflow.RunAsync(context, Request with { Selection = SelectionRule.Entropy }));

        failure.Failures.ShouldBe(["shard scores-000000064-000032: disk on fire"]);
        context.Called("Plan").ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_is_to_be_scored_is_checked_first_and_scored_last_network_by_network()
    {
        var context = new ScriptedContext(maxInFlight: 3);

        var summary = await EnhancementWorkflow.RunAsync(context, Scored);

        summary.Score.ShouldBe(new ScoreSummary(40, 50));
        context.Called("CheckTestSets").ShouldBe(1);
        context.Called("ScoreNetwork").ShouldBe(2 * 3 * 2);
        context.MostInFlightOf("ScoreNetwork").ShouldBe(3);
        context.Called("Score").ShouldBe(1);
        context.Reports.Select(report => report.Phase).Distinct().TakeLast(3).ShouldBe([WorkflowPhase.Publish, WorkflowPhase.Robustness, WorkflowPhase.Done]);
        context.Reports.Last(report => report.Phase == WorkflowPhase.Robustness).ShouldSatisfyAllConditions(
            report => report.Done.ShouldBe(12), report => report.WorkDone.ShouldBe(report.WorkTotal), report => report.WorkTotal.ShouldBeGreaterThan(12 * 12));
    }

    [Fact]
    public async Task A_network_that_fails_leaves_the_others_done_and_the_run_completed_and_is_told()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Fails = input => input is NetworkInput { Variant: "raw", Architecture: "wrn_compact", Seed: 2 } };

        var summary = await EnhancementWorkflow.RunAsync(context, Scored);

        summary.Count.ShouldBe(300);
        summary.Score.ShouldBe(new ScoreSummary(null, null, "1 of 12 parts of stage Robustness failed; the first: network raw-wrn_compact-seed2: disk on fire"));
        context.Called("ScoreNetwork").ShouldBe(12);
        context.Called("Score").ShouldBe(0);
        context.Last!.Phase.ShouldBe(WorkflowPhase.Done);
    }

    [Fact]
    public async Task An_attacker_of_the_test_images_that_is_a_surrogate_ends_the_run_before_anything_is_attacked()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Attackers = [new TrainedModel("vgg_compact", "a", "hash", 1, 1)] };

        (await Should.ThrowAsync<InputException>(() => EnhancementWorkflow.RunAsync(context, Scored))).Message.ShouldContain("was a surrogate");

        context.Called("AttackShard").ShouldBe(0);
    }

    [Fact]
    public async Task Where_so_many_fail_in_a_row_that_no_more_are_begun_the_run_fails_whatever_is_allowed()
    {
        var context = new ScriptedContext(maxInFlight: 1) { Plan = new PlanSummary(0, 0, 300), Fails = input => input is ShardInput { Shard.Start: >= 100 } };

        var failure = await Should.ThrowAsync<ShardsFailedException>(() => EnhancementWorkflow.RunAsync(context, Request with { MaxFailedShards = 100 }));

        failure.Message.ShouldContain("8 of 30 parts of stage Shards failed and 12 were not begun");
        context.Called("Assemble").ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_finished_run_is_scored_once(bool isScored, int times)
    {
        var context = new ScriptedContext(maxInFlight: 3)
        {
            Finished = new EnhancementSummary("run", "there", 300, new PlanSummary(100, 100, 100), null, Score: isScored ? new ScoreSummary(40, 50) : null),
        };

        await EnhancementWorkflow.RunAsync(context, Scored);

        context.Called("Ingest").ShouldBe(times);
        context.Called("Score").ShouldBe(times);
        context.Called("Plan").ShouldBe(0);
        context.Last!.Phase.ShouldBe(WorkflowPhase.Done);
    }

    [Fact]
    public async Task Without_an_attack_worker_the_run_ends_with_a_clear_error_when_patience_is_over()
    {
        var context = new ScriptedContext(new FanOutLimits { AttackWorkerPatience = TimeSpan.FromMinutes(30) })
        {
            NeverAnswers = "FindAttackWorker",
            TimersFire = true,
        };

        var failure = await Should.ThrowAsync<NoAttackWorkerException>(() => EnhancementWorkflow.RunAsync(context, Request));

        failure.Message.ShouldContain("No attack worker answered within 0:30:00");
        context.Called("PrepareSurrogate").ShouldBe(0);
    }

    [Fact]
    public async Task The_timer_is_given_up_when_the_attack_worker_answers()
    {
        var context = new ScriptedContext(new FanOutLimits { AttackWorkerPatience = TimeSpan.FromMinutes(30) });

        await EnhancementWorkflow.RunAsync(context, Request);

        context.OpenTimers.ShouldBe(0);
        context.Last!.Phase.ShouldBe(WorkflowPhase.Done);
    }
}
