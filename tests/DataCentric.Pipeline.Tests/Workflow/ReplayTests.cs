using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Tests.Workflow;

/// <summary>The workflow under the contract of a durable orchestration: cut at every await and replayed from its history.</summary>
public class ReplayTests
{
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "set", ShardSize = 20, Split = new Split(1, 1, 1) };
    private static readonly FanOutLimits Limits = new() { MaxInFlight = 3, MaxFanOut = 6, HasAttackWorkers = true, AttackWorkerPatience = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Cut_at_every_await_and_replayed_it_makes_the_same_calls_in_the_same_order(ulong order)
    {
        var run = new Replayed(Limits with { MaxFanOut = 1000 }, order);

        var summary = run.ToEnd();

        summary.RunId.ShouldBe("run");
        run.Calls.Count(call => call.Name == "CorruptShard").ShouldBe(5);
        run.Calls.Count(call => call.Name == "AttackShard").ShouldBe(4);
        run.Replays.ShouldBeGreaterThan(20);
        run.MostOpen.ShouldBe(2 * Limits.MaxInFlight);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Where_surrogates_choose_it_is_replayed_alike_and_plans_when_everything_is_scored(ulong order)
    {
        var run = new Replayed(Limits, order);

        run.ToEnd(context => EnhancementWorkflow.RunAsync(context, Request with { Selection = SelectionRule.Disagreement }));

        run.Calls.Count(call => call.Name == "ScoreShard").ShouldBe(5, "300 samples in at most 6 shards of whole batches of 32");
        run.Calls.FindLastIndex(call => call.Name == "ScoreShard").ShouldBeLessThan(run.Calls.FindIndex(call => call.Name == "Plan"));
        run.MostOpen.ShouldBe(Limits.MaxInFlight);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_run_that_is_scored_is_replayed_alike_also_when_a_network_fails(ulong order)
    {
        var run = new Replayed(Limits with { MaxFanOut = 1000 }, order) { Fails = input => order == 8 && input is NetworkInput { Variant: "enhanced", Seed: 3 } };

        var summary = run.ToEnd(context =>
            EnhancementWorkflow.RunAsync(context, Request with { Score = new ScoringRequest { Test = "p", Architectures = ["one", "two"], Seeds = [3, 4] } }));

        run.Calls.Count(call => call.Name == "ScoreNetwork").ShouldBe(8);
        run.Calls.FindIndex(call => call.Name == "ScoreNetwork").ShouldBeGreaterThan(run.Calls.FindIndex(call => call.Name == "Publish"));
        summary.RunId.ShouldBe("run");
        (summary.Score!.Problem is null).ShouldBe(order == 7);
    }

    [Fact]
    public void Groups_of_shards_are_replayed_alike()
    {
        var run = new Replayed(Limits with { MaxFanOut = 4 }, order: 3);

        run.ToEnd();

        run.Calls.Count(call => call.Name == "ShardGroup").ShouldBe(4, "Attacks 3 + 1, corruptions 3 + 2: whole rounds of those that are under way at once.");
        run.Calls.ShouldNotContain(call => call.Name == "CorruptShard");
        run.MostOpen.ShouldBe(Limits.MaxInFlight);
    }

    [Fact]
    public void A_child_workflow_is_replayed_alike_and_one_poisoned_shard_leaves_the_others_done_and_is_reported()
    {
        var set = new IngestedSet("hash", 300, new(32, 32), 10, false);
        var shards = ShardSpan.Of(SampleRole.Corrupted, 100, 10, 32);
        var run = new Replayed(Limits with { MaxFanOut = 10 }, order: 4) { Fails = input => input is ShardInput { Shard.Start: 30 } };

        var outcome = run.ToEnd(context => ShardGroupWorkflow.RunAsync(context, new ShardGroup(Request, set, [], [shards])));

        (outcome.Done, outcome.Failed, outcome.Images).ShouldBe((9, 1, 90));
        outcome.Failures.ShouldBe(["shard corrupted-000000030-000010: disk on fire"]);
        run.LastReport!.Failed.ShouldBe(1);
        run.MostOpen.ShouldBe(Limits.MaxInFlight);
    }

    [Fact]
    public void A_timer_that_fires_first_ends_the_run()
    {
        var run = new Replayed(Limits, order: 0) { NextAnswer = open => open.FirstOrDefault(call => call.Name == "Timer") };

        Should.Throw<NoAttackWorkerException>(() => run.ToEnd());
    }

    /// <summary>Replays a workflow after each event, and compares the calls of every replay with those of the one before.</summary>
    private sealed class Replayed(FanOutLimits limits, ulong order)
    {
        private readonly ScriptedContext _answers = new(limits);
        private readonly List<(int Call, object Result)> _history = [];
        private int _draw;

        public List<(string Name, object Input)> Calls { get; private set; } = [];

        public int Replays { get; private set; }

        public int MostOpen { get; private set; }

        public WorkflowProgress? LastReport { get; private set; }

        public Func<object, bool> Fails { get; init; } = _ => false;

        /// <summary>Chooses what ends next; null lets chance choose among all but timers.</summary>
        public Func<IEnumerable<(string Name, int Call)>, (string Name, int Call)>? NextAnswer { get; init; }

        public EnhancementSummary ToEnd() => ToEnd(context => EnhancementWorkflow.RunAsync(context, Request));

        public T ToEnd<T>(Func<IWorkflowContext, Task<T>> workflow)
        {
            while (true)
            {
                var context = new ReplayContext(limits, _history);
                var run = context.Run(workflow);
                Replays++;
                context.Calls.Select(call => $"{call.Name} {call.Input}").Take(Calls.Count).ShouldBe(Calls.Select(call => $"{call.Name} {call.Input}"));
                (Calls, LastReport) = (context.Calls, context.Reports.LastOrDefault());
                var open = context.Open.Select(call => (Calls[call].Name, Call: call)).ToArray();
                MostOpen = Math.Max(MostOpen, open.Count(call => call.Name != "Timer"));
                if (run.IsCompleted)
                {
                    open.ShouldNotContain(call => call.Name == "Timer", "An orchestration ends only when no timer is left.");
                    return run.GetAwaiter().GetResult();
                }

                open.ShouldNotBeEmpty("The workflow waits for something that is none of its context's tasks.");
                Answer(open);
            }
        }

        private void Answer((string Name, int Call)[] open)
        {
            var next = NextAnswer?.Invoke(open) ?? default;
            if (next.Name is null)
            {
                var work = open.Where(call => call.Name != "Timer").ToArray();
                next = work[new CounterRandom(order, (ulong)_draw++, RandomStage.Selection).Below(work.Length)];
            }

            var input = Calls[next.Call].Input;
            object result = Fails(input) ? new IOException("disk on fire")
                : input is ShardGroup group ? new FanOutOutcome { Done = group.Count }
                : next.Name == "Timer" ? new object() : _answers.Answer(next.Name, input);
            _history.Add((next.Call, result));
        }
    }
}
