using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>A made-up data set and runs on it that take a second or two, most of it the start of the process.</summary>
internal static class TinyRun
{
    public const int Count = 600;
    private static readonly ImageShape Shape = new(16, 16);

    /// <summary>Writes the data set.</summary>
    public static void WriteDataset(string folder, int classes = 5, int count = Count, int seed = 8)
    {
        Directory.CreateDirectory(folder);
        var pixels = new byte[count * Shape.ByteLength];
        new Random(seed).NextBytes(pixels);
        using var data = File.Create(Path.Combine(folder, "data.npy"));
        using var label = File.Create(Path.Combine(folder, "label.npy"));
        var writer = new NpyPairWriter(data, label, count, Shape, classes);
        var labels = Enumerable.Range(0, count).Select(i => i % classes).ToArray();
        writer.Write(new ImageSet(Shape, pixels, labels, [.. labels.Select(_ => "")]));
        writer.Complete();
    }

    /// <summary>Corruptions only, in many shards.</summary>
    public static string[] Corrupting(string dataset, string output) =>
        ["enhance", "--dataset", Path.Combine(dataset, "data.npy"), "--out", output, "--split", "0:0:1", "--shard-size", "15", "--workers", "2"];

    /// <summary>All three roles, attacked with a network that is there already.</summary>
    public static string[] Attacking(string dataset, string output, string model) =>
    [
        "enhance", "--dataset", Path.Combine(dataset, "data.npy"), "--out", output, "--split", "1:2:3", "--limit", "240", "--shard-size", "16",
        "--surrogate-models", model, "--iterations", "1", "--attack-batch", "8", "--workers", "2",
    ];

    /// <summary>The same with a network that is trained first.</summary>
    public static string[] Training(string dataset, string output) =>
    [
        "enhance", "--dataset", Path.Combine(dataset, "data.npy"), "--out", output, "--split", "1:2:3", "--limit", "120", "--shard-size", "16",
        "--architectures", "vgg_compact", "--surrogate-epochs", "6", "--iterations", "1", "--attack-batch", "8", "--workers", "2",
    ];

    /// <summary>Writes a network for <see cref="Attacking"/>.</summary>
    public static async Task TrainAsync(string dataset, string model)
    {
        var trained = await Tool.RunAsync(
            "train", "--dataset", Path.Combine(dataset, "data.npy"), "--out", model, "--arch", "vgg_compact", "--epochs", "1", "--limit", "60");
        trained.ExitCode.ShouldBe(0, trained.Error);
    }

    /// <summary>Files that only an unfinished run may have.</summary>
    public static IReadOnlyList<string> Leftovers(string output) =>
    [
        .. Directory.EnumerateFiles(output, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(output, file))
            .Where(file => file.EndsWith("-tmp", StringComparison.Ordinal)
                || file.Contains("/input/", StringComparison.Ordinal)
                || file.Contains("/shards/", StringComparison.Ordinal)
                || file.Contains("/locks/", StringComparison.Ordinal)
                || file.EndsWith("/lock", StringComparison.Ordinal)
                || file.EndsWith(".checkpoint", StringComparison.Ordinal)),
    ];
}
