using System.Security.Cryptography;
using System.Text.Json;
using DataCentric.Attacks;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;
using DataCentric.Randomness;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Runs the real pipeline, with its real stores and a stand-in for torch, on a small made-up data set in a temporary folder.</summary>
internal sealed class RunHarness : IDisposable
{
    public const int Count = 300;
    public static readonly ImageShape Shape = new(16, 16);

    public RunHarness(int count = Count) => WriteDataset(Dataset, count: count);

    public FakeAdversary Adversary { get; set; } = new();

    /// <summary>Counts processor time; null where nobody does.</summary>
    public IProcessorMeter? Meter { get; set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("datacentric-run-").FullName;

    public string Dataset => Path.Combine(Folder, "set", "data.npy");

    public EnhancementRequest Request => new()
    {
        RunId = "run",
        Dataset = Dataset,
        Seed = 7,
        Split = new Split(1, 1, 3),
        Attack = AttackProfiles.Compact.Attack with { BatchSize = 8 },
        Surrogates = new SurrogateOptions { Architectures = ["fake"], Epochs = 1 },
        ShardSize = 40,
    };

    public IDataStore Store(string name) => new FolderStore(Path.Combine(Folder, name));

    public Task<EnhancementSummary> RunAsync(
        EnhancementRequest request, IDataStore work, IDataStore result, int workers = 2, CancellationToken cancellationToken = default) =>
        RunAsync(request, work, result, TimeProvider.System, workers, cancellationToken);

    public async Task<EnhancementSummary> RunAsync(
        EnhancementRequest request, IDataStore work, IDataStore result, TimeProvider time, int workers = 2, CancellationToken cancellationToken = default)
    {
        await using var services = Services(work, result);
        var context = new InProcessContext(services, time, new Unwatched(), workers, cancellationToken);
        return await EnhancementWorkflow.RunAsync(context, request);
    }

    /// <summary>The pipeline as a host composes it.</summary>
    public ServiceProvider Services(IDataStore work, IDataStore result) => (Meter is null ? new ServiceCollection() : new ServiceCollection().AddSingleton(Meter))
        .AddLogging()
        .AddSingleton(new PipelineStores(work, work, _ => result))
        .AddSingleton<IDatasetLocator, LocalDatasetLocator>()
        .AddSingleton<IAdversary>(Adversary)
        .AddPipeline()
        .BuildServiceProvider();

    /// <summary>Hashes of the files whose bytes depend on the request alone.</summary>
    public static async Task<string> FingerprintAsync(IDataStore result)
    {
        var hashes = new List<string>();
        foreach (var name in new[] { ResultFiles.Data, ResultFiles.Label, ResultFiles.Manifest })
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(await result.ReadAllBytesAsync(name, CancellationToken.None))));
        return string.Join(' ', hashes);
    }

    public static void WriteDataset(string data, ulong seed = 1, int count = Count)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(data)!);
        var pixels = new byte[count * Shape.ByteLength];
        var random = new CounterRandom(seed, 0, RandomStage.Selection);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.Below(256);
        using var dataStream = File.Create(data);
        using var labelStream = File.Create(Path.Combine(Path.GetDirectoryName(data)!, "label.npy"));
        var writer = new NpyPairWriter(dataStream, labelStream, count, Shape, 5);
        var labels = Enumerable.Range(0, count).Select(i => i % 5).ToArray();
        writer.Write(new ImageSet(Shape, pixels, labels, [.. labels.Select(_ => "")]));
        writer.Complete();
    }

    /// <summary>The manifest of a result, line by line.</summary>
    public static async Task<IReadOnlyList<ManifestEntry>> ManifestAsync(IDataStore result) =>
        [.. System.Text.Encoding.UTF8.GetString(await result.ReadAllBytesAsync(ResultFiles.Manifest, CancellationToken.None))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact)!)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
