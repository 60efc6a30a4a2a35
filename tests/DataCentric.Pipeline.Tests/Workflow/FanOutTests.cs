using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Workflow;

/// <summary>How the workflow hands out shards, and what it makes of those that fail.</summary>
public class FanOutTests
{
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "set", ShardSize = 10, Split = new Split(1, 1, 1) };

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

        context.Groups.Select(group => group.Count).ShouldBe([4, 4, 4, 4, 4], "Whole rounds of 4 at once: with 7 the fifth to seventh would leave a worker idle.");
        context.Groups.SelectMany(group => group.Shards).Distinct().Count().ShouldBe(20);
        context.Called("CorruptShard").ShouldBe(20, "Clean samples have no shards.");
        context.MostInFlight.ShouldBe(4);
        context.Reports.Where(report => report.Total == 20).Select(report => (report.Done, report.ImagesDone))
            .ShouldBe([(0, 0), (4, 40), (8, 80), (12, 120), (16, 160), (20, 200)]);
    }

    [Theory]
    [InlineData(3, 1000)]
    [InlineData(4, 64)]
    [InlineData(4, 65)]
    [InlineData(7, 20)]
    public async Task No_workflow_hands_out_more_than_it_may_also_where_groups_are_divided_again(int maxFanOut, int shards)
    {
        var context = new ScriptedContext(new FanOutLimits { MaxInFlight = 2, MaxFanOut = maxFanOut })
        {
            Plan = new PlanSummary(0, 0, (10 * shards) - 3),
            Fails = input => input is ShardInput { Shard.Start: 50 },
        };

        await EnhancementWorkflow.RunAsync(context, Request with { MaxFailedShards = 1 });

        context.Called("CorruptShard").ShouldBe(shards);
        context.MostHandedOut.ShouldBeInRange(2, maxFanOut);
        context.MostInFlight.ShouldBe(2);
        context.Groups.Where(group => group.Count <= maxFanOut).SelectMany(group => group.Shards).ShouldBe(Shard.Cut(SampleRole.Corrupted, (10 * shards) - 3, 10, 1));
        context.Last!.Failed.ShouldBe(1);
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
}
