using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>Two processes on one run, whose outputs differ but whose storage is the same.</summary>
public sealed class TwoProcessTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task In_one_folder_the_second_is_refused_and_after_the_death_of_the_first_it_goes_on() =>
        MeetAsync("two processes on one run in a storage folder, the first is killed", _folder["storage"]);

    [Fact]
    public Task Below_one_blob_prefix_the_second_is_refused_and_after_the_death_of_the_first_it_goes_on() => MeetAsync(
        "two processes on one run below a blob prefix, the first is killed (its lease lasts 15 s)", $"{azurite.ConnectionString}Container=two;Prefix=here");

    private async Task MeetAsync(string fault, string storage)
    {
        TinyRun.WriteDataset(_folder["set"]);
        using var first = Tool.Start([.. Arguments("first"), "--storage", storage]);
        (await first.WaitUntilAsync(() => first.ErrorSoFar.Contains("Training", StringComparison.Ordinal))).ShouldBeTrue(first.ErrorSoFar);

        var second = await Tool.RunAsync([.. Arguments("second"), "--storage", storage]);
        first.Process.HasExited.ShouldBeFalse("The first should have been long enough.");
        first.Signal("KILL");
        await first.Process.WaitForExitAsync();
        var start = Stopwatch.GetTimestamp();
        using var third = Tool.Start([.. Arguments("third"), "--storage", storage]);
        (await third.WaitUntilAsync(() => third.ErrorSoFar.Contains("Training", StringComparison.Ordinal))).ShouldBeTrue(third.ErrorSoFar);
        var recovery = Stopwatch.GetElapsedTime(start);

        second.ExitCode.ShouldBe(2, second.Error);
        second.Error.ShouldContain("another process works on run");
        second.Error.ShouldNotContain(azurite.AccountKey);
        FaultLog.Note(fault, 1, 1, 0, [recovery]);
    }

    /// <summary>A training that nobody waits for.</summary>
    private string[] Arguments(string output) =>
        [.. TinyRun.Training(_folder["set"], _folder[output]).Select(argument => argument == "6" ? "10000" : argument)];
}
