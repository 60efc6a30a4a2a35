using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary>Two small data sets, a network, its weights and test sets, made once for many tests, which copy what they may harm.</summary>
public sealed class FinishedThings : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Folder of test sets.</summary>
    public string Tests => _folder["tests"];

    /// <summary>A score of the network on them.</summary>
    public string Score => _folder["scores/score.json"];

    /// <summary>Where a thing lies.</summary>
    public string Path(string name) => _folder[name];

    public async ValueTask InitializeAsync()
    {
        TinyRun.WriteDataset(_folder["set"]);
        TinyRun.WriteDataset(_folder["other"], seed: 9);
        await TinyRun.TrainAsync(_folder["set"], _folder["model"]);
        (await Tool.RunAsync("export", "--model", _folder["model"], "--out", _folder["weights.npz"])).ExitCode.ShouldBe(0);
        (await Tool.RunAsync("testset", "--dataset", _folder["other"], "--attackers", _folder["model"], "--limit", "20", "--out", Tests)).ExitCode.ShouldBe(0);
        (await Tool.RunAsync("score", "--test", Tests, "--models", _folder["model"], "--out", _folder["scores"])).ExitCode.ShouldBe(0);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
