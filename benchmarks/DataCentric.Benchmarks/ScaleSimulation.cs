using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataCentric.Images;
using DataCentric.Pipeline;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Benchmarks;

/// <summary>
/// A run of many images on the Durable Task Scheduler, records only: the real workflow on a virtual clock. It counts what the scheduler is asked for, by its
/// documented terms (learn.microsoft.com, Durable Task Scheduler billing): to start an orchestration, to start an activity and to process a result is an action
/// each; 2,000 actions a second for a capacity unit, 500 in the Consumption SKU. A history holds input and result of everything that its orchestration asked for,
/// as the app writes them, and <see cref="EventBytes"/> for each event around them.
/// </summary>
internal static class ScaleSimulation
{
    /// <summary>Assumed for ids, name and times of an event.</summary>
    private const int EventBytes = 200;

    public static void Run(string[] args)
    {
        var images = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000;
        var first = new Simulation(images, workers: 64, actionsPerSecond: 2000);
        first.Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images:N0} images of 32x32, split 0:1:4, shards of 256 (attack: 64)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"activities",-34} {first.Activities:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"orchestrations, levels below",-34} {first.Histories.Count:N0}, {first.Histories.Max(history => history.Level)}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"actions",-34} {first.Actions:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"largest history, its events",-34} {first.Histories.Max(history => history.Bytes) / 1e6:F2} MB, {first.Histories.Max(history => history.Events):N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all histories",-34} {first.Histories.Sum(history => history.Bytes) / 1e9:F2} GB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"largest message, largest status",-34} {first.LargestMessage / 1e3:F1} kB, {first.LargestStatus} bytes"));
        Console.WriteLine();
        Console.WriteLine($"{"workers",8} {"actions/s",10} {"hours",8}  of which fan-out, single activities");
        int[] workers = [64, 256, 1024];
        foreach (var rate in new[] { 500, 2000 })
        {
            foreach (var count in workers)
            {
                var simulation = new Simulation(images, count, rate);
                simulation.Run();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count,8} {rate,10} {simulation.Seconds / 3600,8:F1}  {simulation.ShardSeconds / 3600,8:F1} {(simulation.Seconds - simulation.ShardSeconds) / 3600,8:F1}"));
            }
        }
    }

    private sealed class History(int level)
    {
        public int Level => level;

        public int Events { get; set; }

        public long Bytes { get; set; }
    }

    /// <summary>Time, the scheduler and its workers: events in order of time, all on one thread.</summary>
    /// <param name="images">Images of the set.</param>
    /// <param name="workers">Workers that attack, and as many that do the rest; as many activities of each kind are under way at once.</param>
    /// <param name="actionsPerSecond">What the scheduler hands out.</param>
    private sealed class Simulation(int images, int workers, double actionsPerSecond)
    {
        // Processor seconds of docs/azure.md, and what one activity reads and writes in a second of its instance's network.
        private const double AttackSeconds = 0.2, CorruptSeconds = 0.0002, BytesPerSecond = 100e6, PlanSeconds = 1e-7;

        private static readonly ImageShape Shape = new(32, 32);

        private readonly PriorityQueue<Action, (double Time, long Order)> _events = new();
        private double _now, _free;
        private long _order;

        public List<History> Histories { get; } = [];

        public long Activities { get; private set; }

        public long Actions { get; private set; }

        public int LargestMessage { get; private set; }

        public int LargestStatus { get; private set; }

        public double Seconds => _now;

        public double ShardSeconds { get; private set; }

        public FanOutLimits Limits { get; } = new() { MaxInFlight = workers, HasAttackWorkers = true };

        public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddSeconds(_now);

        public void Run()
        {
            var request = new EnhancementRequest { RunId = "0123456789abcdef", Dataset = "set", Split = Split.Paper };
            var run = EnhancementWorkflow.RunAsync(NewContext(level: 0, new RunInput(request, Limits)), request);
            while (_events.TryDequeue(out var next, out var at))
            {
                _now = at.Time;
                next();
            }

            _ = run.IsCompletedSuccessfully ? run.Result : throw new UnreachableException("The workflow waits for nothing.", run.Exception);
        }

        public Context NewContext(int level, object input)
        {
            var history = new History(level);
            Histories.Add(history);
            Note(history, input);
            return new Context(this, history);
        }

        /// <summary>An activity or a child: what it is given and gives lies in the history of who asks, and each of the two is an action.</summary>
        public void Ask<T>(History history, object input, Action<Action<T>> perform, TaskCompletionSource<T> answer)
            where T : class
        {
            Note(history, input);
            Dispatch(() => perform(output =>
            {
                Note(history, output);
                Dispatch(() => answer.SetResult(output));
            }));
        }

        public void Note(History history, object? message)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(message, PipelineJson.Compact).Length;
            LargestMessage = Math.Max(LargestMessage, bytes);
            history.Events++;
            history.Bytes += bytes + EventBytes;
        }

        public void Tell(RunStatus status)
        {
            LargestStatus = Math.Max(LargestStatus, JsonSerializer.SerializeToUtf8Bytes(status, PipelineJson.Compact).Length);
            if (status.Stages is [.., { Phase: WorkflowPhase.Shards } shards])
                ShardSeconds = shards.Seconds;
        }

        public void After(double seconds, Action action) => _events.Enqueue(action, (_now + seconds, _order++));

        public (object Output, double Seconds) Perform(string activity, object input)
        {
            Activities++;
            var (plan, set) = (Plan(), new IngestedSet(new string('a', 64), images, Shape, 10, HasSoftLabels: false));
            var transfer = (double)images * Shape.ByteLength / BytesPerSecond;
            return (activity, input) switch
            {
                ("FindFinished", _) => (new FinishedRun(null), 1),
                ("Ingest", _) => (set, 3 * transfer), // fetched, hashed once more in the end, and stored
                ("Plan", _) => (plan, images * PlanSeconds),
                ("FindAttackWorker", _) => (new AttackWorker("a device", null), 60),
                ("PrepareSurrogate", SurrogateInput surrogate) => (new TrainedModel(surrogate.Architecture!, "models/0123456789abcdef/a.safetensors", new string('b', 64), 1, 0.9), 600),
                ("AttackShard", ShardInput shard) => (new ShardSummary(shard.Shard.Name, false), shard.Shard.Count * AttackSeconds),
                ("CorruptShard", ShardInput shard) => (new ShardSummary(shard.Shard.Name, false), (shard.Shard.Count * CorruptSeconds) + 0.1),
                ("Assemble", _) => (new AssembledSet([new StoredFile("data.npy", 1, new string('c', 64))]), 2 * transfer),
                ("Verify", _) => (new VerificationReport(images, 0, []), 3 * transfer), // hashed, compared, and the clean images beside
                _ => (new EnhancementSummary("run", "there", images, plan, null), 60),
            };
        }

        private PlanSummary Plan() => new(0, images / 5, images - (images / 5));

        private void Dispatch(Action action)
        {
            Actions++;
            _free = Math.Max(_now, _free) + (1 / actionsPerSecond);
            After(_free - _now, action);
        }
    }

    private sealed class Context(Simulation simulation, History history) : IWorkflowContext
    {
        private readonly RunStatusLog _status = new();

        public DateTimeOffset Now => simulation.Time;

        public ProcessorSeconds? Processor => null;

        public ILogger Logger => NullLogger.Instance;

        public FanOutLimits Limits => simulation.Limits;

        public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, RetryOptions? retry = null)
            where TInput : notnull
            where TOutput : class
        {
            var answer = new TaskCompletionSource<TOutput>();
            simulation.Ask(history, input, done =>
            {
                var (output, seconds) = simulation.Perform(activity.Name, input);
                simulation.After(seconds, () => done((TOutput)output));
            }, answer);
            return answer.Task;
        }

        public Task<FanOutOutcome> CallShardGroupAsync(ShardGroup group)
        {
            var answer = new TaskCompletionSource<FanOutOutcome>();
            var input = new ShardGroupInput(group, Limits);
            simulation.Ask(history, input, done => _ = RunAsync(done), answer);
            return answer.Task;

            async Task RunAsync(Action<FanOutOutcome> done) => done(await ShardGroupWorkflow.RunAsync(simulation.NewContext(history.Level + 1, input), group));
        }

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        public void Report(WorkflowProgress progress) => simulation.Tell(_status.Next(progress, Now));
    }
}
