using DataCentric.Images;
using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Pipeline.Tests.Workflow;

public class EnhancementWorkflowTests
{
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "set", ShardSize = 10, Split = new Split(1, 1, 1) };

    [Fact]
    public async Task Every_stage_runs_and_every_shard_once()
    {
        var context = new ScriptedContext(maxInFlight: 3);

        await EnhancementWorkflow.RunAsync(context, Request);

        context.Called("Ingest").ShouldBe(1);
        context.Called("Plan").ShouldBe(1);
        context.Called("PrepareSurrogate").ShouldBe(Request.Surrogates.Architectures.Count);
        context.Called("KeepShard").ShouldBe(10);
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
        context.Called("KeepShard").ShouldBe(10);
        context.Called("Assemble").ShouldBe(0);
        context.Last!.Failed.ShouldBe(2);
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

        context.Called("PrepareSurrogate").ShouldBe(0);
        context.Called("AttackShard").ShouldBe(0);
    }

    /// <summary>Plays the host: answers every activity after a yield, and counts.</summary>
    private sealed class ScriptedContext(int maxInFlight) : IWorkflowContext
    {
        private readonly Dictionary<string, int> _calls = [];
        private readonly Lock _gate = new();
        private int _inFlight;

        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public ILogger Logger => NullLogger.Instance;

        public int MaxInFlight => maxInFlight;

        public int MostInFlight { get; private set; }

        public WorkflowProgress? Last { get; private set; }

        public PlanSummary Plan { get; init; } = new(100, 100, 100);

        public EnhancementSummary? Finished { get; init; }

        public Func<object, bool> Fails { get; init; } = _ => false;

        public Exception Failure { get; init; } = new IOException("disk on fire");

        public int Called(string activity) => _calls.GetValueOrDefault(activity);

        public void Report(WorkflowProgress progress) => Last = progress;

        public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
            where TInput : notnull
        {
            lock (_gate)
            {
                _calls[activity.Name] = Called(activity.Name) + 1;
                MostInFlight = Math.Max(MostInFlight, ++_inFlight);
            }

            await Task.Delay(1);
            lock (_gate)
                _inFlight--;
            return Fails(input) ? throw Failure : (TOutput)Answer(activity.Name, input);
        }

        private object Answer(string activity, object input) => (activity, input) switch
        {
            ("FindFinished", _) => new FinishedRun(Finished),
            ("Ingest", _) => new IngestedSet("hash", 300, new ImageShape(32, 32), 10, false),
            ("Plan", _) => Plan,
            ("PrepareSurrogate", SurrogateInput surrogate) => new SurrogateModel(surrogate.Architecture!, "model", "hash", 1, 1),
            (_, ShardInput shard) => new ShardSummary(shard.Shard.Name, false),
            ("Assemble", _) => new AssembledSet([]),
            ("Verify", _) => new VerificationReport(300, 0, []),
            _ => new EnhancementSummary("run", "there", 300, Plan, null),
        };
    }
}
