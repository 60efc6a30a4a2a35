using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Benchmarks.Attack;

/// <summary>
/// What the attack does to a network that is not in the ensemble and was trained on other images:
/// <c>transfer --data SET --held-out SET [--limit 5000] [--attacked 1000] [--held-out-skip 0] [--held-out-limit 10000]
/// [--held-out-architecture preactresnet_compact] [--held-out-epochs 8] [--profile compact] [--iterations N] [--workers 2] [--seed 7]</c>.
/// Surrogates are trained on the first <c>limit</c> images of the data, and the first <c>attacked</c> of these are attacked.
/// </summary>
internal static class TransferBenchmark
{
    public static void Run(string[] args)
    {
        var given = new Arguments(args);
        var profile = AttackProfiles.Get(given.Text("--profile") ?? AttackProfiles.Compact.Name);
        var options = profile.Attack with { Iterations = given.Number("--iterations", profile.Attack.Iterations) };
        var seed = (ulong)given.Number("--seed", 7);
        var workers = given.Number("--workers", 2);
        var (images, classes) = Sets.Read(given.Required("--data"), 0, given.Number("--limit", 5000));
        var (others, _) = Sets.Read(given.Required("--held-out"), given.Number("--held-out-skip", 0), given.Number("--held-out-limit", 10_000));
        var adversary = new TorchAdversary();
        Console.WriteLine(adversary.Device);

        var clock = new Clock();
        var names = profile.Surrogates.Architectures;
        var models = new byte[names.Count][];
        Sets.Share(workers, names.Count, i => models[i] = Train(adversary, names[i], images, classes, seed, profile.Surrogates));
        Console.WriteLine($"trained {names.Count} surrogates on {images.Count} images in {clock.WallSeconds:F0} s ({clock.ProcessorSeconds:F0} processor s)");

        clock = new Clock();
        var victims = Sets.Slice(images, 0, Math.Min(images.Count, given.Number("--attacked", 1000)));
        var attacked = Attack(adversary, models, victims, classes, seed, options, workers);
        Console.WriteLine($"attacked {victims.Count} images, {options.Iterations} iterations, in {clock.WallSeconds:F0} s ({clock.ProcessorSeconds:F0} processor s)");

        var architecture = given.Text("--held-out-architecture") ?? "preactresnet_compact";
        var heldOut = Train(adversary, architecture, others, classes, seed + 1, new() { Epochs = given.Number("--held-out-epochs", 8) });
        Report("the ensemble", adversary, models, victims, attacked, classes);
        Report($"{architecture}, held out, trained on {others.Count} other images", adversary, [heldOut], victims, attacked, classes);
    }

    private static byte[] Train(TorchAdversary adversary, string name, ImageSet images, int classes, ulong seed, SurrogateOptions options)
    {
        using var file = new MemoryStream();
        adversary.Train(new(name, images, classes, seed, options), file, null, CancellationToken.None);
        return file.ToArray();
    }

    private static byte[] Attack(
        TorchAdversary adversary, byte[][] models, ImageSet victims, int classes, ulong seed, AttackOptions options, int workers)
    {
        var attacked = new byte[victims.Pixels.Length];
        var batches = (victims.Count + options.BatchSize - 1) / options.BatchSize;
        Sets.Share(workers, batches, i =>
        {
            using var ensemble = Load(adversary, models, victims.Shape, classes);
            var first = i * options.BatchSize;
            var batch = Sets.Slice(victims, first, Math.Min(options.BatchSize, victims.Count - first));
            ulong[] keys = [.. Enumerable.Range(first, batch.Count).Select(n => (ulong)n)];
            ensemble.Attack(new(batch, keys, seed), options, null, CancellationToken.None).Pixels.CopyTo(attacked, first * victims.Shape.ByteLength);
        });
        return attacked;
    }

    private static void Report(string who, TorchAdversary adversary, byte[][] models, ImageSet victims, byte[] attacked, int classes)
    {
        using var ensemble = Load(adversary, models, victims.Shape, classes);
        var (before, after) = (Sets.Accuracy(ensemble.Logits(victims.Pixels), victims.Labels), Sets.Accuracy(ensemble.Logits(attacked), victims.Labels));
        Console.WriteLine($"{who}: {before:F1} % of the clean images right, {after:F1} % of the attacked, a drop of {before - after:F1} points");
    }

    private static IEnsemble Load(TorchAdversary adversary, byte[][] models, ImageShape shape, int classes) =>
        adversary.Load([.. models.Select(model => (Stream)new MemoryStream(model))], shape, classes);
}
