using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary>With <c>--quiet</c> stderr has warnings and errors alone, and stdout what it has without.</summary>
public sealed class QuietTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_quiet_run_says_nothing_but_its_result()
    {
        TinyRun.WriteDataset(_folder["set"], classes: 2, count: 20);
        string[] corrupt = ["corrupt", "--dataset", _folder["set"], "--kinds", "rain", "--out"];

        var loud = await Tool.RunAsync([.. corrupt, _folder["loud"]]);
        var quiet = await Tool.RunAsync([.. corrupt, _folder["quiet"], "--quiet"]);
        var json = await Tool.RunAsync(["-q", .. corrupt, _folder["json"], "--json"]);

        loud.Error.ShouldContain("20/20 images");
        (quiet.ExitCode, quiet.Output, quiet.Error).ShouldBe((0, "", ""));
        (json.ExitCode, json.Error).ShouldBe((0, ""));
        json.Output.ShouldContain("\"files\"");
    }

    [Fact]
    public async Task Errors_and_warnings_are_said_all_the_same()
    {
        TinyRun.WriteDataset(_folder["set"], classes: 2, count: 20);
        Directory.CreateDirectory(_folder["set/more"]);
        File.WriteAllText(_folder["set/more/x.tif"], "x");

        var refused = await Tool.RunAsync("inspect", _folder["nothing"], "--quiet");
        var wrong = await Tool.RunAsync("inspect", _folder["set"], "--quiet", "--jsno");

        (refused.ExitCode, refused.Output).ShouldBe((2, ""));
        refused.Error.ShouldContain("nothing");
        wrong.Error.ShouldContain("--json");
    }
}
