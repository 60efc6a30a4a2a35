namespace DataCentric.Cli.Tests.Faults;

/// <summary>A crash of the native library in the middle of <c>enhance</c>, and the end of <c>enhance</c> in the middle of its work.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private readonly TemporaryFolder _folder = new();

    public CrashTests() => TinyRun.WriteDataset(_folder["set"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_whose_computing_crashes_ends_with_the_same_set_and_says_so()
    {
        using var tool = Tool.Start(Training("out"));
        (await tool.WaitUntilAsync(() => Directory.Exists(_folder["out"])
            && Directory.EnumerateFiles(_folder["out"], "*.checkpoint", Everywhere).Any())).ShouldBeTrue(tool.ErrorSoFar);

        ComputeProcesses.End(ComputeProcesses.Of(tool.Process.Id)[0]);
        var end = await Tool.FinishAsync(tool);

        end.ExitCode.ShouldBe(0, end.Error);
        end.Error.ShouldContain("signal 9");
        File.ReadAllText(Path.Combine(_folder["out"], "report.html")).ShouldContain("signal 9");
        (await Tool.RunAsync(Training("whole"))).ExitCode.ShouldBe(0);
        ShortRun.Fingerprint(_folder["out"]).ShouldBe(ShortRun.Fingerprint(_folder["whole"]));
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_no_process_behind()
    {
        using var tool = Tool.Start(TinyRun.Training(_folder["set"], _folder["out"]));
        (await tool.WaitUntilAsync(() => ComputeProcesses.Of(tool.Process.Id).Count > 0)).ShouldBeTrue(tool.ErrorSoFar);
        var computing = ComputeProcesses.Of(tool.Process.Id);

        tool.Signal("KILL");

        foreach (var process in computing)
            process.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
    }

    private string[] Training(string output) => [.. TinyRun.Training(_folder["set"], _folder[output]).Select(word => word == "6" ? "40" : word)];
}
