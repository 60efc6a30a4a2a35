using System.Diagnostics;
using System.Globalization;
using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Runtime;

/// <summary>
/// TorchSharp's finalizers free native memory. Here all that this project does with torch runs beside a collector that never rests, in a
/// process of its own, because what goes wrong ends the process (SIGSEGV, exit code 139). DATACENTRIC_FAULTS=long makes it 500 runs.
/// </summary>
public sealed class CollectorStressTests
{
    private const string RunsVariable = "DATACENTRIC_STRESS_RUNS";
    private const int Together = 2;

    private static readonly string[] Kinds = ["resnet50_compact", "wrn_compact", "vgg_compact", "densenet_compact"];

    [Fact]
    public async Task A_collector_that_never_rests_frees_nothing_that_torch_still_reads()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList = { "--filter-method", $"*{nameof(CollectorStressTests)}.{nameof(Runs_under_stress)}" },
            Environment =
            {
                [RunsVariable] = FaultLog.Times(8, 500).ToString(CultureInfo.InvariantCulture),
                ["DOTNET_TieredCompilation"] = "0", // optimised code lets go of an object after its last use
                ["DOTNET_GCgen0size"] = "0x10000",
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, output);
        output.ShouldContain("succeeded: 1");
    }

    [Fact]
    public async Task Runs_under_stress()
    {
        Assert.SkipUnless(int.TryParse(Environment.GetEnvironmentVariable(RunsVariable), out var runs), "Run by the test above.");
        using var end = new CancellationTokenSource();
        var collector = new Thread(() => Collect(end.Token)) { IsBackground = true };
        collector.Start();
        var done = 0;

        await Parallel.ForAsync(0, runs, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (run, _) =>
        {
            await Task.Run(() => Run(run), CancellationToken.None);
            Copy();
            Interlocked.Increment(ref done);
        });
        await end.CancelAsync();
        collector.Join();

        done.ShouldBe(runs);
    }

    /// <summary>Trains with checkpoints, goes on from one, exports, imports, attacks and classifies.</summary>
    private static void Run(int run)
    {
        var (adversary, network) = (new TorchAdversary(), Kinds[run % Kinds.Length]);
        var options = new SurrogateOptions { Epochs = 3, BatchSize = 12, CropPadding = 2 };
        var request = new TrainingRequest(network, Patterns.Make(24), Patterns.Classes, (ulong)run, options) { Checkpoint = new Kept() };
        using var model = new MemoryStream();
        adversary.Train(request, model, null, CancellationToken.None);
        using var again = new MemoryStream();
        adversary.Train(request, again, null, CancellationToken.None); // from the checkpoint of the last epoch but one
        again.ToArray().ShouldBe(model.ToArray());

        model.Position = 0;
        using var npz = new MemoryStream();
        ModelExchange.Export(model, "model", npz);
        npz.Position = 0;
        using var imported = new MemoryStream();
        ModelExchange.Import(new(network, new(16, 16), [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]), npz, "npz", imported);

        using var ensemble = TrainedSurrogates.Load(model.ToArray(), imported.ToArray());
        var batch = TrainedSurrogates.Batch(4);
        var attacked = ensemble.Attack(batch, new() { Iterations = 2 }, null, CancellationToken.None);
        attacked.Pixels.ShouldNotBe(batch.Images.Pixels);
        ensemble.LogitsOfEach(attacked.Pixels).Count.ShouldBe(2);
    }

    /// <summary>Copies a large weight as checkpoints do, on a thread that is not torch's own.</summary>
    private static void Copy()
    {
        using var weight = zeros(512, 512, 3, 3).DetachFromDisposeScope();
        using var laidOut = weight.ChannelsLast();
        for (var i = 0; i < 40; i++)
            StoredTensor.Of(laidOut).Values.Length.ShouldBe(512 * 512 * 9);
    }

    private static void Collect(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
