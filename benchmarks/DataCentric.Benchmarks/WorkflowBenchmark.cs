using System.Diagnostics;
using System.Globalization;
using DataCentric.Images;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Benchmarks;

/// <summary>
/// What the in-process workflow itself costs for each shard: scheduling, retries, telemetry, progress. The activities answer at once.
/// Memory that is still held after collection tells whether it grows with the number of shards.
/// </summary>
internal static class WorkflowBenchmark
{
    public static void Run(string[] args)
    {
        var workers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        Console.WriteLine($"{"shards",8} {"ms in all",10} {"us/shard",9} {"held MiB",9}");
        int[] sizes = [2000, 2000, 20_000, 200_000];
        foreach (var shards in sizes)
        {
            var (elapsed, held) = Measure(shards, workers);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shards,8} {elapsed.TotalMilliseconds,10:F0} {elapsed.TotalMicroseconds / shards,9:F1} {held / 1048576.0,9:F1}"));
        }
    }

    private static (TimeSpan Elapsed, long Held) Measure(int shards, int workers)
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddKeyedSingleton<IActivity<ShardInput, ShardSummary>, Instant>(ActivityNames.CorruptShard.Name)
            .BuildServiceProvider();
        var context = new InProcessContext(services, TimeProvider.System, new Last(), workers, CancellationToken.None);
        var request = new EnhancementRequest { RunId = "run", Dataset = "set" };
        var set = new IngestedSet("hash", shards, new ImageShape(8, 8), 10, HasSoftLabels: false);
        var group = new ShardGroup(request, set, [], [Pipeline.Model.ShardSpan.Of(Pipeline.Model.SampleRole.Corrupted, shards, 1, 1)]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        ShardGroupWorkflow.RunAsync(context, group).GetAwaiter().GetResult();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(group);
        return (elapsed, held);
    }

    private sealed class Instant : IActivity<ShardInput, ShardSummary>
    {
        public Task<ShardSummary> RunAsync(ShardInput input, CancellationToken cancellationToken) =>
            Task.FromResult(new ShardSummary(input.Shard.Name, Reused: false));
    }

    private sealed class Last : IWorkflowObserver
    {
        public void Report(WorkflowProgress progress)
        {
        }
    }
}
