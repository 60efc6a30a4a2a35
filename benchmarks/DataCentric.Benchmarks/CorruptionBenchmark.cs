using System.Diagnostics;
using System.Globalization;
using DataCentric.Benchmarks.Attack;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Benchmarks;

/// <summary>
/// Processor time of each corruption and of the paper's mix, by image size:
/// <c>corruptions [--set paper14] [--severity 0] [--size 32,224,640] [--workers 1] [--seconds 3] [--data test_batch.bin] [--kinds a,b]</c>.
/// Each is warmed up for as long as it is measured, so that optimised code runs. Without <c>--data</c> (a CIFAR-10 binary file, for 32) the images are synthetic.
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
        var given = new Arguments(args);
        var set = given.Text("--set") ?? CorruptionCatalog.Paper14;
        var severity = given.Number("--severity", set == CorruptionCatalog.Paper14 ? 0 : 3);
        var shapes = (given.Text("--size") ?? "32").Split(',').Select(side => Square(side).Validated("--size")).ToArray();
        var pools = shapes.Select(shape => Images(given.Text("--data"), shape)).ToArray();
        var wanted = given.Text("--kinds")?.Split(',');
        var (workers, seconds) = (given.Number("--workers", 1), given.Number("--seconds", 3));

        Console.WriteLine($"{set} severity {severity}, {workers} of {Environment.ProcessorCount} processors, .NET {Environment.Version}; processor time of an image in microseconds");
        Console.WriteLine($"| {"kind",-31} |{string.Concat(shapes.Select(shape => $" {shape,9} |"))} images a second, times imgaug at 32x32 |");
        foreach (var corruption in CorruptionCatalog.CreateAll(set, severity).Where(corruption => wanted?.Contains(corruption.Name) != false))
            Report(corruption.Name, _ => corruption);
        foreach (var name in new[] { "uniform", "seed" }.Where(_ => set == CorruptionCatalog.Paper14 && wanted is null))
        {
            var mix = CorruptionMix.Named(name);
            Report($"{name} mix", sample => mix.Pick(1, sample));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak memory {process.PeakWorkingSet64 / 1048576} MiB");

        void Report(string name, Func<ulong, Corruption> kind)
        {
            var times = shapes.Zip(pools, (shape, pool) => Time(kind, workers, pool, shape, seconds)).ToArray();
            var rate = shapes[0].Height == 32 && Reference.TryGetValue(name, out var reference) ? $"{1 / times[0]:F0}, {1 / times[0] / reference:F1} times" : "";
            Console.WriteLine($"| {name,-31} |{string.Concat(times.Select(time => string.Create(CultureInfo.InvariantCulture, $" {1e6 * time,9:F1} |")))} {rate} |");
        }
    }

    private static ImageShape Square(string side) => int.Parse(side, CultureInfo.InvariantCulture) is var length ? new(length, length) : default;

    /// <summary>Processor seconds of an image.</summary>
    private static double Time(Func<ulong, Corruption> kind, int workers, byte[][] pool, ImageShape shape, int seconds)
    {
        Apply(kind, workers, pool, shape, seconds);
        var clock = new Clock();
        var images = Apply(kind, workers, pool, shape, seconds);
        return clock.ProcessorSeconds / images;
    }

    private static int Apply(Func<ulong, Corruption> kind, int workers, byte[][] pool, ImageShape shape, int seconds)
    {
        var (next, clock, isOver) = (-1, new Clock(), false);
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            var (scratch, output) = (new CorruptionScratch(), new byte[shape.ByteLength]);
            while (!isOver)
            {
                var i = Interlocked.Increment(ref next);
                if (i % pool.Length == 0)
                    isOver = clock.ProcessorSeconds >= seconds; // By the processor's clock: the compiler may wait for its turn on a busy machine.
                Corrupter.Apply(1, (ulong)i, kind((ulong)i), pool[i % pool.Length], output, shape, scratch);
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return next + 1;
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
}
