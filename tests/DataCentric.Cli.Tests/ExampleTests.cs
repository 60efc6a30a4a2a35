using DataCentric.Cli.Commands;

namespace DataCentric.Cli.Tests;

/// <summary>
/// Every example of the help, tried: on small made-up sets under the names that it has, and with less to compute. What would go to the
/// network is left out.
/// </summary>
public sealed class ExampleTests(ExampleThings things) : IClassFixture<ExampleThings>, IDisposable
{
    private static readonly string[] Networked = ["fetch", "upload", "runs"];

    /// <summary>Words that are added, or put in place of others, so that an example takes seconds.</summary>
    private static readonly Dictionary<string, string> Shorter = new(StringComparer.Ordinal)
    {
        ["enhance"] = "--dry-run",
        ["train"] = "--limit 20 --crop 0",
        ["testset"] = "--attackers a.safetensors --raw-network vgg_compact --attacks pgd",
        ["score"] = "--epochs 1 --workers 2",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Lines =>
    [
        .. CommandLine.Create().Subcommands.Where(command => !Networked.Contains(command.Name))
            .SelectMany(command => Examples.Of(command.Name)).Concat(Examples.Of("")).Select(example => example.Line)
            .Where(line => !line.Contains(" --on ", StringComparison.Ordinal)),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_example_of_the_help_works(string line)
    {
        await PrepareAsync(line);
        var words = line.Split(' ')[1..];
        var resumes = words.Contains("--resume");
        string[] less = words[0] == "train" && words.Contains("--epochs") ? [.. words.Select(word => word == "30" ? "1" : word)] : words;
        string[] more = resumes || !Shorter.TryGetValue(words[0], out var added) ? [] : [.. added.Split(' '), .. words[0] == "train" && words.Contains("--init") ? ["--epochs", "1"] : Array.Empty<string>()];

        var result = await RunAsync([.. less, .. more]);

        result.ExitCode.ShouldBe(0, result.Error);
    }

    /// <summary>Puts there what the example names.</summary>
    private async Task PrepareAsync(string line)
    {
        foreach (var name in new[] { "cifar-10/data_batch_1.bin", "samples/fashion-mnist", "photos" }.Where(line.Contains))
            Link(name, things.Raw);
        if (line.Contains("cifar-10/test_batch.bin", StringComparison.Ordinal))
            Link("cifar-10/test_batch.bin", things.Clean);
        foreach (var name in new[] { "a", "b", "c", "resnet20", "resnet50", "densenet121" }.Where(name => NamesModel(line, name)))
            File.Copy(await things.ModelAsync(Network(line, name), seed: name[0] - 'a'), _folder[$"{name}.safetensors"]);
        if (line.Contains(" import ", StringComparison.Ordinal))
        {
            var name = NamesModel(line, "resnet50") ? "resnet50" : "resnet20";
            (await RunAsync("export", "--model", $"{name}.safetensors", "--out", "weights.npz")).ExitCode.ShouldBe(0);
            File.Delete(_folder[$"{name}.safetensors"]);
            File.Move(_folder["weights.npz"], _folder[$"{name}.pth"]);
        }

        foreach (var set in new[] { "A", "B", "C", "out" }.Where(set => NamesFinished(line, set)))
            Copy(await things.EnhancedAsync(set == "B" ? "1:0:2" : "1:0:1"), _folder[set]);
        if (line.Contains("testsets", StringComparison.Ordinal) && !line.Contains(" testset ", StringComparison.Ordinal))
            Link("testsets", await things.TestSetsAsync());
        if (line.Contains("scores/score.json", StringComparison.Ordinal))
            Link("scores", await things.ScoresAsync());
    }

    /// <summary>Whether an example reads a set that is finished, rather than making it.</summary>
    private static bool NamesFinished(string line, string set) =>
        line.Split(' ') is var words && words.Index().Any(word => word.Item.Split('/')[0] == set && (words[word.Index - 1] != "--out" || words.Contains("--resume")));

    /// <summary>Whether an example, or what it is given besides, reads a model rather than making it.</summary>
    private static bool NamesModel(string line, string model) => line.Split(' ')[1] switch
    {
        "train" => line.Contains($"--init {model}.safetensors", StringComparison.Ordinal),
        "testset" => model == "a",
        _ => line.Contains($" {model}.safetensors", StringComparison.Ordinal),
    };

    /// <summary>The network in a model file of that name: one for small images, but where it must be a published one.</summary>
    private static string Network(string line, string model) => model switch
    {
        "resnet20" => model,
        "resnet50" when line.Contains(" import ", StringComparison.Ordinal) => "resnet18_imagenet",
        _ => "vgg_compact",
    };

    private void Link(string name, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        Directory.CreateSymbolicLink(_folder[name], target);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private async Task<ToolResult> RunAsync(params string[] args)
    {
        using var tool = Tool.StartAfter($"cd '{_folder.Path}'", args);
        return await Tool.FinishAsync(tool);
    }
}
