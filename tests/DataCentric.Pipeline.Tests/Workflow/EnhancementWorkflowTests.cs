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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_activities_are_in_flight_than_the_host_allows(int maxInFlight)
    {
        var context = new ScriptedContext(maxInFlight);

        await EnhancementWorkflow.RunAsync(context, Request);

        context.MostInFlight.ShouldBe(maxInFlight);
    }

    [Fact]
    public async Task Shards_that_fail_do_not_hide_the_others_and_nothing_is_assembled()
    {
        var context = new ScriptedContext(maxInFlight: 2)
        {
            Fails = input => input is ShardInput { Shard: { Role: SampleRole.Corrupted, Start: 20 or 70 } },
        };

        var failure = await Should.ThrowAsync<ShardsFailedException>(() => EnhancementWorkflow.RunAsync(context, Request));

        failure.Failures.Count.ShouldBe(2);
        failure.Message.ShouldContain("corrupted-000000020-000010");
        context.Called("CorruptShard").ShouldBe(10);
        context.Called("AttackShard").ShouldBe(100 / 32 + 1);
        context.Called("Assemble").ShouldBe(0);
        context.Last!.Failed.ShouldBe(2);
    }

    [Fact]
    public async Task Where_shards_fail_one_after_the_other_no_further_one_is_begun()
    {
        var context = new ScriptedContext(maxInFlight: 1)
        {
            Plan = new PlanSummary(100, 100, 200),
            Fails = input => input is ShardInput { Shard.Role: SampleRole.Corrupted },
        };

        var failure = await Should.ThrowAsync<ShardsFailedException>(() => EnhancementWorkflow.RunAsync(context, Request));

        context.Called("CorruptShard").ShouldBe(8);
        failure.Message.ShouldStartWith("8 of ");
        failure.Message.ShouldContain(" and 12 were not begun, since so many failed in a row");
    }

    [Fact]
    public async Task Bad_input_stops_the_fan_out_after_what_is_in_flight()
    {
        var context = new ScriptedContext(maxInFlight: 2) { Fails = input => input is ShardInput, Failure = new InputException("wrong classes") };

        await Should.ThrowAsync<InputException>(() => EnhancementWorkflow.RunAsync(context, Request));

        context.Called("AttackShard").ShouldBe(2);
        context.Called("CorruptShard").ShouldBe(0);
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
    public async Task Attacks_and_corruptions_go_on_side_by_side_where_attacks_have_workers_of_their_own()
    {
        var context = new ScriptedContext(new FanOutLimits { MaxInFlight = 3, HasAttackWorkers = true }) { Plan = new PlanSummary(0, 900, 900) };

        await EnhancementWorkflow.RunAsync(context, Request);

        context.MostInFlight.ShouldBe(6);
        context.MostInFlightOf("AttackShard").ShouldBe(3);
        context.MostInFlightOf("CorruptShard").ShouldBe(3);
    }

    [Fact]
    public async Task Many_shards_are_divided_among_child_workflows()
    {
        var context = new ScriptedContext(new FanOutLimits { MaxInFlight = 4, MaxFanOut = 7 }) { Plan = new PlanSummary(100, 0, 200) };

        await EnhancementWorkflow.RunAsync(context, Request);

        context.Groups.Select(group => group.Shards.Count).ShouldBe([7, 7, 6]);
        context.Groups.SelectMany(group => group.Shards).Distinct().Count().ShouldBe(20);
        context.Called("CorruptShard").ShouldBe(20, "Clean samples have no shards.");
        context.MostInFlight.ShouldBe(4);
        context.Reports.Where(report => report.Total == 20).Select(report => (report.Done, report.ImagesDone))
            .ShouldBe([(0, 0), (7, 70), (14, 140), (20, 200)]);
    }

    [Fact]
    public async Task Failures_in_child_workflows_are_counted_and_only_the_first_are_told()
    {
        var context = new ScriptedContext(new FanOutLimits { MaxInFlight = 4, MaxFanOut = 30 })
        {
            Plan = new PlanSummary(0, 0, 1000),
            Fails = input => input is ShardInput shard && shard.Shard.Start % 40 == 0,
            Failure = new IOException(new string('x', 5000)),
        };

        var failure = await Should.ThrowAsync<ShardsFailedException>(() => EnhancementWorkflow.RunAsync(context, Request));

        failure.Message.ShouldStartWith("25 of 100 parts of stage Shards failed; the first: shard corrupted-000000000-000010: xxx");
        failure.Failures.Count.ShouldBe(10);
        failure.Failures.Sum(sentence => sentence.Length).ShouldBeLessThan(6000);
        context.Called("CorruptShard").ShouldBe(100);
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
