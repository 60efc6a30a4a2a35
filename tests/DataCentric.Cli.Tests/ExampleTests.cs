using DataCentric.Cli.Commands;
using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary>
/// Every example of the help, tried: on small made-up sets under the names that it has, and with less to compute. What would go to the
/// network is left out.
/// </summary>
public sealed class ExampleTests : IDisposable
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

    /// <summary>What the example names.</summary>
    private async Task PrepareAsync(string line)
    {
        TinyRun.WriteDataset(_folder["set"], classes: 2, count: 40);
        TinyRun.WriteDataset(_folder["clean"], classes: 2, count: 40, seed: 9);
        foreach (var link in new[] { "cifar-10/data_batch_1.bin", "samples/fashion-mnist" }.Where(line.Contains))
            Link(link, "set");
        if (line.Contains("cifar-10/test_batch.bin", StringComparison.Ordinal))
            Link("cifar-10/test_batch.bin", "clean");
        if (line.Contains("photos", StringComparison.Ordinal))
            Link("photos", "set");
        foreach (var name in new[] { "a", "b", "c", "resnet20", "resnet50", "densenet121" }.Where(name => NamesModel(line, name)))
            await MustAsync("train", "--dataset", "set", "--out", $"{name}.safetensors", "--arch", Network(line, name), "--epochs", "1", "--limit", "8", "--seed", $"{name[0] - 'a'}");
        if (line.Contains(" import ", StringComparison.Ordinal))
        {
            var name = NamesModel(line, "resnet50") ? "resnet50" : "resnet20";
            await MustAsync("export", "--model", $"{name}.safetensors", "--out", "weights.npz");
            File.Delete(_folder[$"{name}.safetensors"]);
            File.Move(_folder["weights.npz"], _folder[$"{name}.pth"]);
        }

        foreach (var set in new[] { "A", "B", "C", "out" }.Where(set => NamesFinished(line, set)))
            await MustAsync("enhance", "--dataset", "set", "--out", set, "--split", set == "B" ? "1:0:2" : "1:0:1");
        if (line.Contains("testsets", StringComparison.Ordinal) && !line.Contains(" testset ", StringComparison.Ordinal))
        {
            await MustAsync("train", "--dataset", "set", "--out", "other.safetensors", "--arch", "vgg_compact", "--epochs", "1", "--limit", "8", "--seed", "5");
            await MustAsync("testset", "--dataset", "clean", "--training", "set", "--out", "testsets", "--attackers", "other.safetensors", "--leaks", "drop", "--raw-network", "vgg_compact", "--attacks", "pgd");
        }

        if (line.Contains("scores/score.json", StringComparison.Ordinal))
        {
            await PrepareAsync("datacentric score --raw set --enhanced out --test testsets --out scores");
            await MustAsync("score", "--raw", "set", "--enhanced", "out", "--test", "testsets", "--out", "scores", "--arch", "vgg_compact", "--epochs", "1");
        }
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
        if (!Path.Exists(_folder[name]))
            Directory.CreateSymbolicLink(_folder[name], _folder[target]);
    }

    private async Task MustAsync(params string[] args)
    {
        var result = await RunAsync(args);
        result.ExitCode.ShouldBe(0, result.Error);
    }

    private async Task<ToolResult> RunAsync(params string[] args)
    {
        using var tool = Tool.StartAfter($"cd '{_folder.Path}'", args);
        return await Tool.FinishAsync(tool);
    }
}
