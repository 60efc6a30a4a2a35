using System.Text;
using System.Text.Json.Nodes;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Tests.Runs;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Tests.Results;

/// <summary>A finished set in every format, with the id that the command line would give it, that can be altered and put right again.</summary>
internal sealed class AlteredSet : IDisposable
{
    public const int Count = 60;
    public static readonly ImageShape Shape = new(32, 32);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new(count: 8);
    private readonly Dictionary<string, byte[]> _whole = [];

    public string Folder => Path.Combine(_harness.Folder, "result");

    public string Source => Path.Combine(_harness.Folder, "source");

    /// <summary>Names of all files, in order.</summary>
    public IReadOnlyList<string> Files => [.. _whole.Keys.Order(StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async Task MakeAsync()
    {
        WriteSource();
        var request = _harness.Request with { Dataset = Source, Formats = SetFormats.All, License = "CC-BY-4.0", Limit = Count - 10 };
        request = request with { RunId = RequestIdentity.RunIdFor(request, await DatasetHash.ComputeAsync(Source, default, None)) };
        await _harness.RunAsync(request, _harness.Store("work"), _harness.Store("result"));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            _whole[Path.GetRelativePath(Folder, file)] = await File.ReadAllBytesAsync(file, None);
    }

    /// <summary>What verify finds; a record that it does not open counts as one.</summary>
    public async Task<SetVerdict> VerifyAsync()
    {
        try
        {
            return await (await EnhancedSet.OpenAsync(_harness.Store("result"), None)).VerifyAsync(null, new NullActivityObserver(), None);
        }
        catch (InputException refused)
        {
            return new SetVerdict(new VerificationReport(0, 1, [refused.Message]), false, []);
        }
    }

    /// <summary>Every file as it was, and no other.</summary>
    public void Restore()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            if (!_whole.ContainsKey(Path.GetRelativePath(Folder, file)))
                File.Delete(file);
        }

        foreach (var (name, bytes) in _whole)
        {
            if (!File.Exists(PathOf(name)) || !File.ReadAllBytes(PathOf(name)).AsSpan().SequenceEqual(bytes))
                File.WriteAllBytes(PathOf(name), bytes);
        }
    }

    /// <summary>Changes run.json; without its seal it is as version 0.2.0 would have written it.</summary>
    public void ChangeRecord(Action<JsonObject> change, bool keepsSeal = false)
    {
        var run = JsonNode.Parse(File.ReadAllBytes(PathOf(ResultFiles.Run)))!.AsObject();
        var seal = run["seal"]?.GetValue<string>();
        run.Remove("seal");
        change(run);
        if (keepsSeal)
            run["seal"] = seal;
        File.WriteAllText(PathOf(ResultFiles.Run), run.ToJsonString(PipelineJson.Indented), new UTF8Encoding(false));
    }

    /// <summary>Changes a file and makes run.json agree, as whoever cheats would do.</summary>
    public void Forge(string name, Func<byte[], byte[]> change)
    {
        var bytes = change(File.ReadAllBytes(PathOf(name)));
        File.WriteAllBytes(PathOf(name), bytes);
        ChangeRecord(run =>
        {
            var file = run["files"]!.AsArray().Single(file => file!["name"]!.GetValue<string>() == name)!;
            (file["length"], file["sha256"]) = (bytes.Length, HashOf(bytes));
        });
    }

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    public void Dispose() => _harness.Dispose();

    private void WriteSource()
    {
        Directory.CreateDirectory(Source);
        var pixels = new byte[Count * Shape.ByteLength];
        var random = new CounterRandom(3, 0, RandomStage.Selection);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.Below(256);
        using var data = File.Create(Path.Combine(Source, "data.npy"));
        using var label = File.Create(Path.Combine(Source, "label.npy"));
        var writer = new NpyPairWriter(data, label, Count, Shape, 10);
        var labels = Enumerable.Range(0, Count).Select(i => i % 10).ToArray();
        writer.Write(new ImageSet(Shape, pixels, labels, [.. labels.Select(_ => "")]));
        writer.Complete();
        File.WriteAllText(Path.Combine(Source, "classes.txt"), ClassNames.Lines([.. Enumerable.Range(0, 10).Select(i => $"kind {i}")]));
    }
}

/// <summary>Tests that each have such a set.</summary>
public abstract class AlteredSetTests : IAsyncLifetime
{
    private protected AlteredSet Set { get; } = new();

    public async ValueTask InitializeAsync() => await Set.MakeAsync();

    public ValueTask DisposeAsync()
    {
        Set.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
