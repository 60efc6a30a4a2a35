using System.Diagnostics;
using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Benchmarks.Attack;

/// <summary>
/// Training and attack of each architecture, and the attack of the whole ensemble of a profile, in images (times iterations) per
/// processor second: <c>attack [--architectures a,b] [--profile compact] [--batch 32] [--side 32] [--iterations 10] [--training-images 640]</c>.
/// Training counts forward and backward of augmented images; the attack counts both perturbations, with input diversity.
/// </summary>
internal static class AttackBenchmark
{
    private const int Classes = 10;
    private const int Repetitions = 3;

    public static void Run(string[] args)
    {
        var given = new Arguments(args);
        var profile = AttackProfiles.Get(given.Text("--profile") ?? AttackProfiles.Compact.Name);
        var shape = new ImageShape(given.Number("--side", 32), given.Number("--side", 32)).Validated("--side");
        var options = profile.Attack with { BatchSize = given.Number("--batch", 32), Iterations = given.Number("--iterations", 10) };
        var trainingImages = given.Number("--training-images", 640);
        var adversary = new TorchAdversary();
        string[] architectures = given.Text("--architectures")?.Split(',') ?? [.. adversary.Architectures];

        Console.WriteLine($"{adversary.Device}; {shape}, attack in batches of {options.BatchSize}");
        Console.WriteLine($"{"architecture",-22} {"parameters",10} {"train/s",9} {"attack/s",9}");
        var files = new Dictionary<string, byte[]>();
        foreach (var name in architectures.Union(profile.Surrogates.Architectures))
        {
            var (file, parameters, trained) = Train(adversary, name, shape, profile.Surrogates, trainingImages);
            files[name] = file;
            var attacked = Attack(adversary, [file], shape, options);
            Console.WriteLine($"{name,-22} {parameters,10} {trained,9:F0} {attacked,9:F0}");
        }

        var ensemble = profile.Surrogates.Architectures.Select(name => files[name]).ToArray();
        Console.WriteLine($"{"ensemble of " + profile.Name,-43} {Attack(adversary, ensemble, shape, options),9:F1}");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak memory {process.PeakWorkingSet64 / 1048576} MiB");
    }

    private static (byte[] File, long Parameters, double Rate) Train(TorchAdversary adversary, string name, ImageShape shape, SurrogateOptions options, int count)
    {
        var best = 0.0;
        using var file = new MemoryStream();
        var request = new TrainingRequest(name, Sets.Noise(count, shape, Classes), Classes, 1, options with { Epochs = 1, MinimumSteps = 0 });
        TrainingResult? result = null;
        for (var i = 0; i <= Repetitions; i++)
        {
            file.SetLength(0);
            var clock = new Clock();
            result = adversary.Train(request, file, null, CancellationToken.None);
            best = i == 0 ? 0 : Math.Max(best, count / clock.ProcessorSeconds); // the first one warms up
        }

        return (file.ToArray(), result!.Parameters, best);
    }

    private static double Attack(TorchAdversary adversary, byte[][] files, ImageShape shape, AttackOptions options)
    {
        using var ensemble = adversary.Load([.. files.Select(file => (Stream)new MemoryStream(file))], shape, Classes);
        var batch = new AttackBatch(Sets.Noise(options.BatchSize, shape, Classes), [.. Enumerable.Range(0, options.BatchSize).Select(n => (ulong)n)], 1);
        ensemble.Attack(batch, options with { Iterations = 3 }, null, CancellationToken.None);
        var best = 0.0;
        for (var i = 0; i < Repetitions; i++)
        {
            var clock = new Clock();
            ensemble.Attack(batch, options, null, CancellationToken.None);
            best = Math.Max(best, options.BatchSize * options.TotalIterations / clock.ProcessorSeconds);
        }

        return best;
    }
}
