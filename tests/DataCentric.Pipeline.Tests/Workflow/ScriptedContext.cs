using DataCentric.Images;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Pipeline.Tests.Workflow;

/// <summary>Plays the host: answers every activity after a yield, and counts.</summary>
internal sealed class ScriptedContext(FanOutLimits limits) : IWorkflowContext
{
    private readonly Dictionary<string, int> _calls = [];
    private readonly Dictionary<string, int> _inFlight = [];
    private readonly Dictionary<string, int> _most = [];
    private readonly Lock _gate = new();
    private readonly AsyncLocal<int[]?> _handedOut = new();
    private readonly int[] _handedOutByRun = new int[1];
    private int _openTimers;

    public ScriptedContext(int maxInFlight)
        : this(new FanOutLimits { MaxInFlight = maxInFlight, MaxFanOut = int.MaxValue })
    {
    }

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public ProcessorSeconds? Processor => null;

    public ILogger Logger => NullLogger.Instance;

    public FanOutLimits Limits => limits;

    public int MostInFlight { get; private set; }

    public int OpenTimers => _openTimers;

    public List<WorkflowProgress> Reports { get; } = [];

    public List<ShardGroup> Groups { get; } = [];

    /// <summary>Most shards or groups of shards that one workflow handed out.</summary>
    public int MostHandedOut { get; private set; }

    public WorkflowProgress? Last => Reports.LastOrDefault();

    public IngestedSet Set { get; init; } = new("hash", 300, new ImageShape(32, 32), 10, false);

    public PlanSummary Plan { get; init; } = new(100, 100, 100);

    public EnhancementSummary? Finished { get; init; }

    /// <summary>Networks that the attack worker knows; null where it does not say.</summary>
    public IReadOnlyCollection<string>? Architectures { get; init; }

    /// <summary>Networks that attacked the test images.</summary>
    public IReadOnlyList<TrainedModel> Attackers { get; init; } = [];

    public Func<object, bool> Fails { get; init; } = _ => false;

    public Exception Failure { get; init; } = new IOException("disk on fire");

    /// <summary>Name of an activity that nobody picks up.</summary>
    public string? NeverAnswers { get; init; }

    public bool TimersFire { get; init; }

    public int Called(string activity) => _calls.GetValueOrDefault(activity);

    public int MostInFlightOf(string activity) => _most.GetValueOrDefault(activity);

    public void Report(WorkflowProgress progress) => Reports.Add(progress);

    public async Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group)
    {
        HandOut();
        Groups.Add(group);
        _handedOut.Value = new int[1];
        return await ShardGroupWorkflow.RunAsync(this, group);
    }

    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openTimers);
        try
        {
            await Task.Delay(TimersFire ? TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _openTimers);
        }
    }

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
        where TInput : notnull
        where TOutput : class
    {
        if (input is ShardInput)
            HandOut();
        lock (_gate)
        {
            _calls[activity.Name] = Called(activity.Name) + 1;
            var inFlight = _inFlight[activity.Name] = _inFlight.GetValueOrDefault(activity.Name) + 1;
            _most[activity.Name] = Math.Max(MostInFlightOf(activity.Name), inFlight);
            MostInFlight = Math.Max(MostInFlight, _inFlight.Values.Sum());
        }

        await Task.Delay(activity.Name == NeverAnswers ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(1));
        lock (_gate)
            _inFlight[activity.Name]--;
        return Fails(input) ? throw Failure : (TOutput)Answer(activity.Name, input);
    }

    private void HandOut()
    {
        lock (_gate)
            MostHandedOut = Math.Max(MostHandedOut, ++(_handedOut.Value ?? _handedOutByRun)[0]);
    }

    /// <summary>What an activity of a scripted host answers.</summary>
    public object Answer(string activity, object input) => (activity, input) switch
    {
        ("FindFinished", _) => new FinishedRun(Finished),
        ("Ingest", _) => Set,
        ("Plan", _) => Plan,
        ("FindAttackWorker", _) => new AttackWorker("a device", Architectures),
        ("PrepareSurrogate", SurrogateInput surrogate) => new TrainedModel(surrogate.Architecture!, "model", "hash", 1, 1),
        ("ScoreShard", ScoreInput scores) => new ShardSummary(scores.Shard.Name, false),
        (_, ShardInput shard) => new ShardSummary(shard.Shard.Name, false),
        ("Assemble", _) => new AssembledSet([]),
        ("CheckTestSets", _) => new TestSetSummary("hash", 100, TestProtocol.Clean, Attackers),
        ("ScoreNetwork", NetworkInput network) => new ScoredNetwork(network.ToString(), 50),
        ("Score", _) => new EnhancementSummary("run", "there", 300, Plan, null, Score: new ScoreSummary(40, 50)),
        ("Verify", _) => new VerificationReport(300, 0, []),
        _ => new EnhancementSummary("run", "there", 300, Plan, null),
    };
}
