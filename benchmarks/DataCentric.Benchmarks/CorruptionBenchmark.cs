using System.Diagnostics;
using System.Globalization;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Benchmarks;

/// <summary>
/// Images a second of each corruption and of the paper's mix:
/// <c>corruptions [--set paper14] [--severity 0] [--workers 1|2] [--images 40000] [--size 32] [--data test_batch.bin] [--kinds a,b]</c>.
/// Without <c>--data</c> (a CIFAR-10 binary file) the images are synthetic.
/// </summary>
internal static class CorruptionBenchmark
{
    private const int PoolPixels = 1 << 20;

    // imgaug 0.4.0, 32x32, batches of 1000, images per CPU second; "mix" is 40,000 images in 101 s.
    private static readonly Dictionary<string, double> Reference = new()
    {
        ["rain"] = 440, ["snow"] = 1226, ["frost"] = 134, ["saturate"] = 2496, ["dropout"] = 45765, ["coarse_dropout"] = 16977,
        ["snowflakes"] = 843, ["gaussian_noise"] = 20712, ["elastic"] = 21441, ["kmeans"] = 1420, ["gaussian_blur"] = 74255,
        ["motion_blur"] = 2209, ["jpeg"] = 2990, ["pixelate"] = 12125, ["seed mix"] = 40000 / 101.0,
    };

    public static void Run(string[] args)
    {
        var set = Option(args, "--set") ?? CorruptionCatalog.Paper14;
        var severity = Number(args, "--severity", set == CorruptionCatalog.Paper14 ? 0 : 3);
        var side = Number(args, "--size", 32);
        var images = Number(args, "--images", 40_000);
        var shape = new ImageShape(side, side).Validated("--size");
        var pool = Images(Option(args, "--data"), shape);
        var wanted = Option(args, "--kinds")?.Split(',');
        int[] workers = Option(args, "--workers") is { } one ? [int.Parse(one, CultureInfo.InvariantCulture)] : [1, 2];

        Console.WriteLine($"{set} severity {severity}, {shape}, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Console.WriteLine($"{"kind",-31} {"workers",7} {"images/s",10} {"CPU us/image",13} {"x reference",12}");
        foreach (var corruption in CorruptionCatalog.CreateAll(set, severity))
        {
            if (wanted?.Contains(corruption.Name) != false)
                Report(corruption.Name, _ => corruption, workers, pool, shape, int.Max(1, images / 4));
        }

        if (set == CorruptionCatalog.Paper14 && wanted is null)
        {
            foreach (var name in new[] { "uniform", "seed" })
            {
                var mix = CorruptionMix.Named(name);
                Report($"{name} mix", sample => mix.Pick(1, sample), workers, pool, shape, images);
            }
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak memory {process.PeakWorkingSet64 / 1048576} MiB");
    }

    private static void Report(
        string name, Func<ulong, Corruption> kind, int[] workers, byte[][] pool, ImageShape shape, int images)
    {
        // Twice, with a pause, so that the optimised code is in place.
        Apply(kind, 1, pool, shape, 2 * pool.Length);
        Thread.Sleep(300);
        Apply(kind, 1, pool, shape, pool.Length);
        foreach (var count in workers)
        {
            using var process = Process.GetCurrentProcess();
            var (clock, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
            Apply(kind, count, pool, shape, images);
            var seconds = clock.Elapsed.TotalSeconds;
            process.Refresh();
            var busy = (process.TotalProcessorTime - cpu).TotalSeconds;
            var ratio = Reference.TryGetValue(name, out var rate) && shape.Height == 32 ? $"{images / busy / rate:F1}" : "";
            Console.WriteLine($"{name,-31} {count,7} {images / seconds,10:F0} {1e6 * busy / images,13:F1} {ratio,12}");
        }
    }

    private static void Apply(Func<ulong, Corruption> kind, int workers, byte[][] pool, ImageShape shape, int images)
    {
        var next = -1;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            var (scratch, output) = (new CorruptionScratch(), new byte[shape.ByteLength]);
            for (var i = Interlocked.Increment(ref next); i < images; i = Interlocked.Increment(ref next))
                Corrupter.Apply(1, (ulong)i, kind((ulong)i), pool[i % pool.Length], output, shape, scratch);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }

    private static byte[][] Images(string? file, ImageShape shape)
    {
        var records = file is null ? null : File.ReadAllBytes(file);
        if (records is not null && shape != new ImageShape(32, 32))
            throw new InputException("--data holds CIFAR-10 images; leave --size at 32.");
        var count = int.Max(2, PoolPixels / shape.PixelCount);
        return [.. Enumerable.Range(0, count).Select(i => records is null ? Synthetic(shape, (ulong)i) : Record(records, i))];
    }

    private static byte[] Record(byte[] records, int index)
    {
        var image = new byte[3072];
        for (var i = 0; i < image.Length; i++)
            image[i] = records[(index * 3073) + 1 + (i % 3 * 1024) + (i / 3)];
        return image;
    }

    // Waves of several lengths and directions, one of them in each colour alone, and some grain.
    private static byte[] Synthetic(ImageShape shape, ulong seed)
    {
        var random = new CounterRandom(seed, 0, RandomStage.Texture);
        var waves = Enumerable.Range(0, 6)
            .Select(_ => (
                X: random.Normal(0, 6),
                Y: random.Normal(0, 6),
                Phase: random.Uniform(0, 6.3),
                Size: random.Uniform(5, 30),
                Channel: random.Below(6)))
            .ToArray();
        var image = new byte[shape.ByteLength];
        for (var i = 0; i < image.Length; i++)
        {
            var (y, x, value) = ((double)(i / 3 / shape.Width) / shape.Height, (double)(i / 3 % shape.Width) / shape.Width, 120.0);
            foreach (var wave in waves.Where(wave => wave.Channel >= 3 || wave.Channel == i % 3))
                value += wave.Size * Math.Sin((wave.X * x) + (wave.Y * y) + wave.Phase);
            image[i] = (byte)Math.Clamp(value + random.Uniform(-4, 4), 0, 255);
        }

        return image;
    }

    private static string? Option(string[] args, string name)
    {
        var place = Array.IndexOf(args, name);
        return place >= 0 && place + 1 < args.Length ? args[place + 1] : null;
    }

    private static int Number(string[] args, string name, int otherwise) =>
        Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
