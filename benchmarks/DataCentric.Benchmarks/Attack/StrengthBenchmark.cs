using System.Globalization;
using DataCentric.Adversarial;
using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Benchmarks.Attack;

/// <summary>
/// Accuracy of a network that is not in the ensemble, after so many iterations of each part of the attack and of their sum:
/// <c>strength --models a.safetensors,b.safetensors --attacked SET --held-out-model c.safetensors [--images 500] [--batch 50]
/// [--iterations 20,50,100,300] [--precision float32,bfloat16] [--profile paper] [--workers 2] [--seed 7]</c>. One attack is looked at
/// after each number of iterations.
/// </summary>
internal static class StrengthBenchmark
{
    private static readonly string[] Columns = ["linf", "l2", "sum"];

    public static void Run(string[] args)
    {
        var given = new Arguments(args);
        var profile = AttackProfiles.Get(given.Text("--profile") ?? AttackProfiles.Paper.Name);
        int[] checkpoints = [.. (given.Text("--iterations") ?? "20,50,100,300").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var (victims, classes) = Sets.Read(given.Required("--attacked"), 0, given.Number("--images", 500));
        byte[][] models = [.. given.Required("--models").Split(',').Select(File.ReadAllBytes)];
        var workers = given.Number("--workers", 2);
        var seed = (ulong)given.Number("--seed", 7);
        var adversary = new TorchAdversary();
        Console.WriteLine($"{adversary.Device}; {victims.Count} images, profile {profile.Name}");

        var heldOut = given.Required("--held-out-model");
        Report("clean", heldOut, models, victims, classes, [victims.Pixels]);
        foreach (var word in (given.Text("--precision") ?? "float32,bfloat16").Split(','))
        {
            var options = profile.Attack with
            {
                Iterations = checkpoints.Max(),
                BatchSize = given.Number("--batch", 50),
                EnsembleWeights = null,
                Precision = Enum.Parse<GradientPrecision>(word, ignoreCase: true),
            };
            var clock = new Clock();
            var attacked = Attack(models, victims, classes, seed, options, checkpoints, workers);
            Console.WriteLine($"{word}: {clock.WallSeconds:F0} s ({clock.ProcessorSeconds:F0} processor s)");
            foreach (var checkpoint in checkpoints)
                Report($"{word} {checkpoint}", heldOut, models, victims, classes, attacked[checkpoint]);
        }
    }

    private static Dictionary<int, byte[][]> Attack(
        byte[][] models, ImageSet victims, int classes, ulong seed, AttackOptions options, int[] checkpoints, int workers)
    {
        AttackOptions[] parts = [options with { L2Epsilon = 0 }, options with { LinfEpsilon = 0 }, options];
        var attacked = checkpoints.ToDictionary(count => count, _ => parts.Select(_ => new byte[victims.Pixels.Length]).ToArray());
        var weights = models.Select(_ => 1.0 / models.Length).ToArray();
        Sets.Share(workers, (victims.Count + options.BatchSize - 1) / options.BatchSize, i =>
        {
            Adversarial.Runtime.TorchRuntime.Prepare();
            var first = i * options.BatchSize;
            var images = Sets.Slice(victims, first, Math.Min(options.BatchSize, victims.Count - first));
            var surrogates = models.Select(Load).ToList();
            using var attack = new EnsembleAttack(
                surrogates, weights, new(images, [.. Enumerable.Range(first, images.Count).Select(n => (ulong)n)], seed), options, classes);
            for (var done = 1; done <= options.Iterations; done++)
            {
                attack.Iterate(CancellationToken.None);
                for (var part = 0; part < parts.Length && attacked.ContainsKey(done); part++)
                    attack.Stored(parts[part]).CopyTo(attacked[done][part], first * victims.Shape.ByteLength);
            }

            surrogates.ForEach(surrogate => surrogate.Dispose());
        });
        return attacked;
    }

    private static void Report(string what, string heldOut, byte[][] models, ImageSet victims, int classes, byte[][] variants)
    {
        var adversary = new TorchAdversary();
        using var file = File.OpenRead(heldOut);
        using var other = adversary.Load([file], victims.Shape, classes);
        using var ensemble = adversary.Load([.. models.Select(model => (Stream)new MemoryStream(model))], victims.Shape, classes);
        var cells = variants.Select((pixels, part) =>
            $"{(variants.Length > 1 ? Columns[part] : "")} {Sets.Accuracy(other.Logits(pixels), victims.Labels):F1} "
            + $"(ensemble {Sets.Accuracy(ensemble.Logits(pixels), victims.Labels):F1})");
        Console.WriteLine($"{what,-14} held out: {string.Join("   ", cells)}");
    }

    private static Surrogate Load(byte[] model)
    {
        var (network, description) = ModelFile.Read(new MemoryStream(model), "model");
        return new(network, description.Statistics);
    }
}
