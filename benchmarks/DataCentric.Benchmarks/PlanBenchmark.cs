using System.Diagnostics;
using System.Globalization;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Benchmarks;

/// <summary>
/// What the plan of a large set takes: the stage itself on a sample table of that size, and finding the samples of shards in it. Memory is the most that the process
/// has held; the set's pixels are not there, since a plan reads none.
/// </summary>
internal static class PlanBenchmark
{
    private const int RowBytes = 12; // key and label, see SampleRow

    public static void Run(string[] args)
    {
        var images = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var folder = Directory.CreateTempSubdirectory("datacentric-plan-").FullName;
        try
        {
            RunAsync(new FolderStore(folder), images).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(FolderStore store, int images)
    {
        var request = new EnhancementRequest { RunId = "run", Dataset = "set", Split = Split.Paper };
        var set = new IngestedSet("hash", images, new(32, 32), 10, HasSoftLabels: false);
        await store.WriteAsync(new RunLayout(request.RunId).InputSamples, WriteTableAsync, CancellationToken.None);
        var stores = PipelineStores.Within(store);
        var before = Process.GetCurrentProcess().PeakWorkingSet64;

        var start = Stopwatch.GetTimestamp();
        var counts = await new PlanActivity(stores).RunAsync(new PlanInput(request, set, []), CancellationToken.None);
        Tell("stage plan", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
        Tell("most memory since, an image", (Process.GetCurrentProcess().PeakWorkingSet64 - before) / (double)images, "bytes");

        start = Stopwatch.GetTimestamp();
        var plan = await new PlanReader(stores).ReadAsync(new RunLayout(request.RunId), chooser: "", CancellationToken.None);
        Tell("plan read by a worker", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
        var shards = ShardSpan.Of(SampleRole.Corrupted, counts.Corrupted, 256, 32);
        var (some, found) = (Enumerable.Range(0, 1000).Select(n => shards.Part((int)((long)n * shards.Count / 1000), 1).Shards().Single()).ToArray(), 0L);
        start = Stopwatch.GetTimestamp();
        foreach (var shard in some)
            found += plan.IndexesOf(shard).Length;
        Tell($"samples of a shard found, mean of {some.Length}", Stopwatch.GetElapsedTime(start).TotalMicroseconds / some.Length, "us");
        Tell("samples in them", found, "");

        async Task WriteTableAsync(Stream stream, CancellationToken cancellationToken)
        {
            var row = new byte[RowBytes];
            for (var i = 0; i < images; i++)
            {
                BitConverter.TryWriteBytes(row, (ulong)i);
                BitConverter.TryWriteBytes(row.AsSpan(8), i % 10);
                await stream.WriteAsync(row, cancellationToken);
            }
        }
    }

    private static void Tell(string what, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-44} {value,12:N1} {unit}"));
}
