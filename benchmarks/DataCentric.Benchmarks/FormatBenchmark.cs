using System.Diagnostics;
using System.Globalization;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Benchmarks;

/// <summary>
/// Time and peak memory of writing a set in each format, PNG encoding included:
/// <c>formats [--images 50000] [--data test_batch.bin] [--out DIR] [--formats cifar,parquet,webdataset]</c>. Without <c>--data</c> (a CIFAR-10 binary
/// file) the pixels are noise, which takes longest. Without <c>--out</c> nothing is kept.
/// </summary>
internal static class FormatBenchmark
{
    private const int Batch = 1365; // 4 MB
    private static readonly ImageShape Shape = new(32, 32);

    public static void Run(string[] args)
    {
        var count = int.Parse(Option(args, "--images") ?? "50000", CultureInfo.InvariantCulture);
        var pool = Pool(Option(args, "--data"));
        var folder = Option(args, "--out");
        var formats = Option(args, "--formats")?.Split(',') ?? ["cifar", "parquet", "webdataset"];
        Console.WriteLine($"{count} images of {Shape}, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        foreach (var format in formats)
        {
            using var target = folder is null ? Stream.Null : File.Create(Path.Combine(folder, $"benchmark.{format}"));
            var (start, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            WriteAsync(format, target, pool, count).GetAwaiter().GetResult();
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{format,-12} {Stopwatch.GetElapsedTime(start).TotalSeconds,6:F2} s, {used.TotalSeconds,6:F2} s of processor, peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
        }
    }

    private static async Task WriteAsync(string format, Stream target, ImageSet pool, int count)
    {
        var classes = Enumerable.Range(0, 10).Select(label => $"class {label}").ToArray();
        var info = new ImageSetInfo("benchmark", count, Shape, classes, HasSoftLabels: false);
        await using var parquet = format == "parquet" ? await ParquetImageWriter.CreateAsync(target, info, default) : null;
        await using var tar = format == "webdataset" ? new WebDatasetWriter(target, classes) : null;
        var ready = Encode(0);
        for (var first = 0; first < count; first += Batch)
        {
            var (images, provenance, png) = await ready;
            ready = first + Batch < count ? Encode(first + Batch) : ready;
            if (parquet is not null)
                await parquet.WriteAsync(images, provenance, png, default);
            else if (tar is not null)
                await tar.WriteAsync(images, provenance, png, default);
            else
                await target.WriteAsync(CifarBinaryWriter.Encode(images, classes.Length));
        }

        if (parquet is not null)
            await parquet.CompleteAsync(default);

        // As the pipeline does: a batch is encoded while the one before is written.
        Task<(ImageSet Images, SampleProvenance[] Provenance, byte[][] Png)> Encode(int first) => Task.Run(() =>
        {
            var (images, provenance) = Next(pool, first, Math.Min(Batch, count - first));
            return (images, provenance, format == "cifar" ? [] : PngBatch.Encode(images, format == "parquet" ? ParquetImageWriter.Packing : PngPacking.Huffman));
        });
    }

    private static (ImageSet Images, SampleProvenance[] Provenance) Next(ImageSet pool, int first, int count)
    {
        var (pixels, labels) = (new byte[count * Shape.ByteLength], new int[count]);
        var provenance = new SampleProvenance[count];
        for (var i = 0; i < count; i++)
        {
            var from = (first + i) % pool.Count;
            pool.Image(from).CopyTo(pixels.AsSpan(i * Shape.ByteLength));
            labels[i] = pool.Labels[from];
            provenance[i] = new(first + i, $"data_batch_1.bin#{first + i}", "corrupted", "gaussian_noise", "paper14", null, 40, 900.5 + i, new string('a', 64));
        }

        return (new ImageSet(Shape, pixels, labels, new string[count]), provenance);
    }

    private static ImageSet Pool(string? data)
    {
        if (data is not null)
        {
            using var reader = ImageSource.Open(data);
            return reader.Read(10_000);
        }

        var pixels = new byte[1000 * Shape.ByteLength];
        new Random(1).NextBytes(pixels);
        return new ImageSet(Shape, pixels, [.. Enumerable.Range(0, 1000).Select(i => i % 10)], new string[1000]);
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
}
