using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Evaluation;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>
/// Whole runs whose every byte is known: names and hashes of all files stand in <c>golden-*.sha256</c>, which are never edited to make a
/// test pass; a file whose form changed on purpose has its new hash in <c>golden-*.changed.sha256</c>. Versions of product and machine are masked, and so are the hashes of the texts that name them and of pictures, which a drawing
/// library may draw otherwise on another processor. The files as they were hashed lie in the folder <c>golden</c> beside the test program,
/// so that two commits can be compared with <c>diff -r</c>.
/// </summary>
public sealed class GoldenRunTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    // What the report said and was not so, where surrogates chose; the golden hashes are those of the pages with these words.
    private const string WordsOfChance = "Who becomes what is drawn at random, so every kind meets every class about as often as the class occurs.";
    private static readonly string[] Pictures = [ResultFiles.ContactSheet, ResultFiles.ScorePicture];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_with_every_role_and_format_gives_the_bytes_that_it_always_gave()
    {
        using var harness = new RunHarness();
        var request = harness.Request with
        {
            RunId = "golden",
            Dataset = "source",
            Formats = [SetFormats.Folder, SetFormats.Parquet, SetFormats.WebDataset],
            License = "CC-BY-4.0",
            DataVersion = "1.2.0",
        };

        await RunAsync(request, harness.Adversary, new NamedSets(new() { ["source"] = harness.Dataset }));

        // Changed on purpose: Parquet's columns may be null, notes of a WebDataset have one type, the card names one configuration, as load_dataset
        // wants it (LoadDatasetTests); and with them the texts that hold their hashes.
        CheckAgainst("golden-run.sha256");
    }

    [Theory]
    [InlineData(SelectionRule.Entropy, "golden-entropy.sha256")]
    [InlineData(SelectionRule.Disagreement, "golden-disagreement.sha256")]
    public async Task A_run_whose_surrogates_choose_gives_the_bytes_that_it_always_gave(SelectionRule selection, string golden)
    {
        using var harness = new RunHarness(count: 100);
        var request = harness.Request with
        {
            RunId = "golden",
            Dataset = "source",
            Selection = selection,
            Surrogates = harness.Request.Surrogates with { Architectures = ["fake", "fake2"] },
        };

        await RunAsync(request, harness.Adversary, new NamedSets(new() { ["source"] = harness.Dataset }));

        CheckAgainst(golden);
    }

    [Fact]
    public async Task A_run_that_is_scored_gives_the_bytes_that_it_always_gave()
    {
        var raw = ScoringData.Write(_folder["raw"], ScoringData.Make(40, 1));
        var test = ScoringData.Write(_folder["test"], ScoringData.Make(100, 2));
        var sets = new NamedSets(new() { ["raw"] = raw, ["test"] = test, ["p"] = _folder["p"] });
        await new TestSetBuilder(new FolderStore(_folder["p"]), sets, new FakeTrainer(), new NullActivityObserver())
            .MakeAsync(new("test", ["raw"], BeforeStrength), 1, None);
        var request = new EnhancementRequest
        {
            RunId = "golden",
            Dataset = "raw",
            Split = new Split(1, 1, 2),
            Attack = AttackProfiles.Compact.Attack with { BatchSize = 8, L2Epsilon = 3 },
            Surrogates = new SurrogateOptions { Architectures = ["one"], Epochs = 1 },
            Score = new ScoringRequest { Test = "p", Architectures = ["one", "two"], Seeds = [1, 2], Epochs = 1 },
        };

        await RunAsync(request, new FakeTrainer(), sets);

        CheckAgainst("golden-scored.sha256", "result", "p", "work");
    }

    [Fact]
    public async Task The_verb_score_gives_the_bytes_that_it_always_gave()
    {
        var raw = ScoringData.Make(40, 1);
        var sets = new NamedSets(new()
        {
            ["raw"] = ScoringData.Write(_folder["raw"], raw),
            ["enhanced"] = ScoringData.Write(_folder["enhanced"], ScoringData.Enhance(raw)),
            ["test"] = ScoringData.Write(_folder["test"], ScoringData.Make(100, 2)),
        });
        await new TestSetBuilder(new FolderStore(_folder["p"]), sets, new FakeTrainer(), new NullActivityObserver())
            .MakeAsync(new("test", ["raw"], BeforeStrength), 1, None);
        var request = new ScoreRequest
        {
            Raw = "raw",
            Enhanced = ["enhanced"],
            Training = new[] { "one", "two" }.ToDictionary(name => name, name => new SurrogateOptions { Architectures = [name], Epochs = 1 }),
            Seeds = [1, 2],
        };

        await new Scorer(new FolderStore(_folder["verb"]), sets, new FakeTrainer(), new NullActivityObserver())
            .RunAsync(request, await TestSet.ReadAsync(new FolderStore(_folder["p"]), None), workers: 1, None);

        CheckAgainst("golden-verb.sha256", "verb");
    }

    private async Task RunAsync(EnhancementRequest request, IAdversary adversary, IDatasetLocator sets)
    {
        var work = new FolderStore(_folder["work"]);
        var result = new FolderStore(_folder["result"]);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new PipelineStores(work, work, _ => new NamedStore(result, "result")))
            .AddSingleton(sets)
            .AddSingleton(adversary)
            .AddPipeline()
            .BuildServiceProvider();
        await EnhancementWorkflow.RunAsync(new InProcessContext(services, time, new Unwatched(), workers: 1, None), request);
    }

    private void CheckAgainst(string golden, params string[] folders)
    {
        var name = Path.GetFileNameWithoutExtension(golden);
        var copy = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "golden", name)).FullName;
        var lines = new List<string>();
        foreach (var folder in folders is [] ? ["result", "work"] : folders)
        {
            foreach (var file in Directory.EnumerateFiles(_folder[folder], "*", SearchOption.AllDirectories).Where(file => !Pictures.Contains(Path.GetFileName(file))))
            {
                var relative = $"{folder}/{Path.GetRelativePath(_folder[folder], file)}";
                var bytes = Masked(relative, File.ReadAllBytes(file));
                var place = Path.Combine(copy, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.WriteAllBytes(place, bytes);
                lines.Add($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {relative}");
            }
        }

        lines.Sort((left, right) => string.CompareOrdinal(FileOf(left), FileOf(right)));
        File.WriteAllLines(Path.Combine(copy, golden), lines);
        var changed = Golden($"{name}.changed.sha256").ToDictionary(FileOf);
        lines.ShouldBe(Golden(golden).Select(line => changed.GetValueOrDefault(FileOf(line), line)));
    }

    private static string FileOf(string line) => line[66..];

    /// <summary>Lines of a golden file; none where there is no such file.</summary>
    private static string[] Golden(string file) =>
        Path.Combine(AppContext.BaseDirectory, "Runs", file) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    // The command that makes a set again names its profile since compact is not the default, and its balance since none is not.
    private static string WithFormerDefaults(string text) =>
        text.Replace(" --profile compact", "", StringComparison.Ordinal).Replace(" --selection-balance none", "", StringComparison.Ordinal);

    /// <summary>Test sets as they were by default before attackers were measured.</summary>
    private static TestSetOptions BeforeStrength => new() { Attacks = ["compact", "pgd", "fgsm"], Attackers = new() { Architectures = ["two"] }, RawNetwork = null, UnseenCorruptions = false };

    private static string WithWordsOfChance(string text) => Regex.Replace(text, "(?<=<p>)Who becomes what was chosen by [^<]*", WordsOfChance);

    private byte[] Masked(string name, byte[] bytes)
    {
        // Scores tell intervals over test images now; the hashes are those of what they were without.
        if (Path.GetFileName(name) == ResultFiles.Score)
            return ScoreBeforeIntervals.Record(bytes);
        if (name.StartsWith("verb/scores/", StringComparison.Ordinal))
            return ScoreBeforeIntervals.Sealed(bytes);
        var isText = name.StartsWith("result/", StringComparison.Ordinal) && ResultFiles.Documents.Append(ResultFiles.Run).Contains(name["result/".Length..]);
        if (isText && File.Exists(_folder[$"result/{ResultFiles.Score}"]))
            bytes = Encoding.UTF8.GetBytes(ScoreBeforeIntervals.Text(Encoding.UTF8.GetString(bytes), File.ReadAllBytes(_folder[$"result/{ResultFiles.Score}"])));
        if (name is $"result/{ResultFiles.Run}")
            return Encoding.UTF8.GetBytes(MaskedRun(bytes));
        if (name is $"result/{ResultFiles.Croissant}")
            bytes = Encoding.UTF8.GetBytes(MaskedCroissant(bytes));
        return isText
            ? Encoding.UTF8.GetBytes(WithFormerDefaults(WithWordsOfChance(WithoutVersions(Encoding.UTF8.GetString(bytes)))))
            : bytes;
    }

    private static string MaskedCroissant(byte[] bytes)
    {
        var document = JsonNode.Parse(bytes)!;
        foreach (var file in document["distribution"]!.AsArray().Where(file => Pictures.Contains(file!["name"]!.GetValue<string>())))
            (file!["contentSize"], file["sha256"]) = ("masked", "masked");
        return document.ToJsonString(PipelineJson.Indented);
    }

    private static string MaskedRun(byte[] bytes)
    {
        var run = JsonNode.Parse(bytes)!;
        foreach (var version in new[] { "datacentric", "dotnet", "system" })
            run["versions"]![version] = "masked";
        foreach (var file in run["files"]!.AsArray().Where(file => ResultFiles.Documents.Concat(Pictures).Contains(file!["name"]!.GetValue<string>())))
            (file!["length"], file["sha256"]) = ("masked", "masked");
        run.AsObject().Remove("seal").ShouldBeTrue(); // the hash of all that, versions included
        return run.ToJsonString(PipelineJson.Indented);
    }

    private static string WithoutVersions(string text) => text
        .Replace($"DataCentric.Functions {typeof(EnhancementWorkflow).Assembly.GetName().Version!.ToString(3)}", "DataCentric.Functions masked", StringComparison.Ordinal)
        .Replace($"<dd>{typeof(EnhancementWorkflow).Assembly.GetName().Version!.ToString(3)}</dd>", "<dd>masked</dd>", StringComparison.Ordinal)
        .Replace($"<dd>{Environment.Version}</dd>", "<dd>masked</dd>", StringComparison.Ordinal)
        .Replace($"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}", "masked", StringComparison.Ordinal);

    /// <summary>Sets by names that are the same on every machine.</summary>
    private sealed class NamedSets(Dictionary<string, string> paths) : IDatasetLocator
    {
        public Task<LocatedDataset> LocateAsync(string dataset, CancellationToken cancellationToken) => Task.FromResult(new LocatedDataset(paths[dataset]));
    }

    /// <summary>A store whose location, which stands in scores, is the same on every machine.</summary>
    private sealed class NamedStore(IDataStore inner, string location) : IDataStore
    {
        public string Location => location;

        public TimeSpan? LeaseTime => inner.LeaseTime;

        public Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken) => inner.OpenReadAsync(name, offset, cancellationToken);

        public Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReadAsync(name, offset, buffer, cancellationToken);

        public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => inner.WriteAsync(name, write, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

        public IAsyncEnumerable<StoredItem> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken) => inner.TryLeaseAsync(name, cancellationToken);
    }
}
