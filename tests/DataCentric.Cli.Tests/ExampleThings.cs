using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary>What examples of the help name: small made-up sets and what is made of them. Each is made when it is first wanted, and once.</summary>
public sealed class ExampleThings : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExampleThings()
    {
        TinyRun.WriteDataset(Raw, classes: 2, count: 40);
        TinyRun.WriteDataset(Clean, classes: 2, count: 40, seed: 9);
    }

    /// <summary>The data set.</summary>
    public string Raw => _folder["set"];

    /// <summary>Test images.</summary>
    public string Clean => _folder["clean"];

    public void Dispose() => _folder.Dispose();

    /// <summary>A network that is trained a little.</summary>
    public Task<string> ModelAsync(string architecture, int seed) => OnceAsync(
        $"{architecture}-{seed}.safetensors", "train", "--dataset", "set", "--arch", architecture, "--epochs", "1", "--limit", "8", "--seed", $"{seed}", "--out");

    /// <summary>A finished set.</summary>
    public Task<string> EnhancedAsync(string split) => OnceAsync($"enhanced-{split.Replace(':', '-')}", "enhance", "--dataset", "set", "--split", split, "--out");

    /// <summary>Test sets.</summary>
    public async Task<string> TestSetsAsync() => await OnceAsync(
        "testsets", "testset", "--dataset", "clean", "--training", "set", "--attackers", await ModelAsync("vgg_compact", seed: 5), "--leaks", "drop", "--raw-network", "vgg_compact", "--attacks", "pgd", "--out");

    /// <summary>The folder of a score.</summary>
    public async Task<string> ScoresAsync() => await OnceAsync(
        "scores", "score", "--raw", "set", "--enhanced", await EnhancedAsync("1:0:1"), "--test", await TestSetsAsync(), "--arch", "vgg_compact", "--epochs", "1", "--out");

    private async Task<string> OnceAsync(string name, params string[] command)
    {
        if (!Path.Exists(_folder[name]))
        {
            using var tool = Tool.StartIn(_folder.Path, [.. command, name]);
            (await Tool.FinishAsync(tool)).ExitCode.ShouldBe(0, (await tool.Error) + string.Join(' ', command));
        }

        return _folder[name];
    }
}
