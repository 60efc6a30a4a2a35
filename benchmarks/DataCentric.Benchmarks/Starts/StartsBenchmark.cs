using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Benchmarks.Starts;

/// <summary>
/// Load on the HTTP routes: so many clients, each of which asks again as soon as it is answered. New starts, starts of a run that is
/// running, wrong starts, and looks at a run; rate, latency, and processor time for each answer, client and server in one process.
/// </summary>
internal static class StartsBenchmark
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly int[] Clients = [1, 4, 16, 64, 256];

    public static void Run(string[] args) => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("datacentric-starts-").FullName;
        try
        {
            var uploads = new FolderStore(folder);
            await uploads.WriteAllBytesAsync("set/data.npy", new byte[1000], CancellationToken.None);
            await uploads.WriteAllBytesAsync("set/label.npy", new byte[1000], CancellationToken.None);
            using var host = new StartsHost(new RunStarter(new StoredDatasets(uploads, folder), uploads, new FanOutLimits()));
            using var client = new HttpClient { BaseAddress = new Uri(host.Address) };
            Console.WriteLine($"{"route",-16} {"clients",7} {"answers/s",9} {"p50 ms",8} {"p99 ms",8} {"max ms",8} {"CPU ms",7} {"failed",6}");
            var seed = 0;
            await MeasureAsync("start", 202, () => StartAsync(client, Interlocked.Increment(ref seed)));
            await MeasureAsync("start again", 409, () => StartAsync(client, 1));
            await MeasureAsync("wrong start", 400, () => client.PostAsync("api/runs", new StringContent("{\"dataset\":\"set\",\"linfEpsilon\":-1,\"x\":1}")));
            using var started = await StartAsync(client, 0);
            using var answer = JsonDocument.Parse(await started.Content.ReadAsStringAsync());
            var id = answer.RootElement.GetProperty("id").GetString();
            await MeasureAsync("status", 200, () => client.GetAsync($"api/runs/{id}"));
            Console.WriteLine($"{host.Runs} runs started; {GC.GetTotalMemory(forceFullCollection: true) / 1048576} MiB held.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<HttpResponseMessage> StartAsync(HttpClient client, int seed) =>
        client.PostAsync("api/runs", new StringContent($"{{ \"dataset\": \"set\", \"split\": \"1:1:3\", \"seed\": {seed} }}"));

    private static async Task MeasureAsync(string route, int expected, Func<Task<HttpResponseMessage>> ask)
    {
        foreach (var clients in Clients)
        {
            var (times, failed, start) = (new ConcurrentBag<double>(), 0, Stopwatch.GetTimestamp());
            var processor = Environment.CpuUsage.TotalTime;
            await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(start) < Duration)
                {
                    var asked = Stopwatch.GetTimestamp();
                    if (await IsAsExpectedAsync(ask, expected))
                        times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    else
                        Interlocked.Increment(ref failed);
                }
            })));
            processor = Environment.CpuUsage.TotalTime - processor;
            var (seconds, sorted) = (Stopwatch.GetElapsedTime(start).TotalSeconds, times.Order().ToArray());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{route,-16} {clients,7} {sorted.Length / seconds,9:F0} {At(0.5),8:F2} {At(0.99),8:F2} {sorted[^1],8:F1} {processor.TotalMilliseconds / sorted.Length,7:F2} {failed,6}"));

            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        }
    }

    /// <summary>Asks once; a connection that is refused or reset is a failure, too.</summary>
    private static async Task<bool> IsAsExpectedAsync(Func<Task<HttpResponseMessage>> ask, int expected)
    {
        try
        {
            using var response = await ask();
            await response.Content.ReadAsByteArrayAsync();
            return (int)response.StatusCode == expected;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
