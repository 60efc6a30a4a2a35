using DataCentric.Cli.Composition;
using DataCentric.Cli.Terminal;
using DataCentric.Cli.Tests.Faults;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Tests;

/// <summary>The commands of the page on Azure, against an app that answers as the real one does; a folder is its storage account.</summary>
public sealed class AzureExampleTests : IDisposable
{
    private const string Id = "0a1b2c3d4e5f60718293";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_commands_of_the_example_work_one_after_the_other()
    {
        TinyRun.WriteDataset(_folder["photos"], classes: 2, count: 30);
        var enhanced = await Tool.RunAsync("enhance", "--dataset", _folder["photos"], "--out", _folder[$"account/datacentric/enhanced/photos/{Id}"], "--split", "1:0:1");
        enhanced.ExitCode.ShouldBe(ExitCode.Done, enhanced.Error);
        var run = new RunEntry(Id, "photos", RunPhase.Completed, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, $"/api/runs/{Id}/report");
        using var app = new FakeApp
        {
            ["POST /api/runs"] = [(202, new { id = Id })],
            [$"GET /api/runs/{Id}"] = [(200, run)],
            ["GET /api/runs?state=running%2Cfailed"] = [(200, new RunList([], More: false))],
        };

        foreach (var line in PageTests.CommandsOf("docs/examples/azure.md"))
        {
            var words = line.Replace("\"", "", StringComparison.Ordinal).Replace("$API", app.Address, StringComparison.Ordinal)
                .Replace("$ACCOUNT", "account", StringComparison.Ordinal).Replace("RUN", Id, StringComparison.Ordinal).Split(' ');
            using var tool = Tool.StartIn(_folder.Path, words, (RemoteRuns.KeyVariable, "the-key"));
            var result = await Tool.FinishAsync(tool);
            result.ExitCode.ShouldBe(ExitCode.Done, $"{line}: {result.Error}");
        }

        app.Bodies.ShouldBe(["""{"dataset":"photos","limit":100,"resize":"64x64"}""", """{"dataset":"photos","resize":"64x64"}"""]);
        File.ReadAllBytes(_folder["enhanced/data.npy"]).ShouldBe(File.ReadAllBytes(_folder[$"account/datacentric/enhanced/photos/{Id}/data.npy"]));
    }
}
