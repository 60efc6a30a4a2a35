using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>SIGTERM, early and late, in every verb that takes time: the exit code, the advice, and how long it took.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StopTests() => TinyRun.WriteDataset(_folder["set"]);

    private string Data => Path.Combine(_folder["set"], "data.npy");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("enhance")]
    [InlineData("train")]
    [InlineData("corrupt")]
    public async Task Stopped_a_verb_says_how_to_go_on(string verb)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < FaultLog.Times(1, 6); i++)
        {
            var output = _folder[$"out{i}"];
            using var tool = Tool.Start(Arguments(verb, output));
            (await tool.WaitUntilAsync(() => HasBegun(verb, output))).ShouldBeTrue(tool.ErrorSoFar);
            await Task.Delay(i * 300);

            var start = Stopwatch.GetTimestamp();
            tool.Signal("TERM"); // As Ctrl-C, which shells let background processes ignore.
            var end = await Tool.FinishAsync(tool);

            times.Add(Stopwatch.GetElapsedTime(start));
            end.ExitCode.ShouldBe(130, end.Error);
            end.Error.ShouldContain(verb == "corrupt" ? "the same command begins anew" : "the same command goes on from there");
        }

        FaultLog.Note($"SIGTERM to {verb}; the time is that to its end", times.Count, times.Count, 0, times);
    }

    [Theory]
    [InlineData("enhance")]
    [InlineData("train")]
    [InlineData("corrupt")]
    public async Task A_second_signal_that_comes_at_once_is_the_same_wish(string verb)
    {
        for (var i = 0; i < FaultLog.Times(2, 12); i++)
        {
            var output = _folder[$"twice{i}"];
            using var tool = Tool.Start(Arguments(verb, output));
            (await tool.WaitUntilAsync(() => HasBegun(verb, output))).ShouldBeTrue(tool.ErrorSoFar);

            using var twice = Process.Start("bash", ["-c", $"kill -TERM {tool.Process.Id}; sleep 0.0{10 - i % 10}; kill -TERM {tool.Process.Id}"]);
            var end = await Tool.FinishAsync(tool);

            end.ExitCode.ShouldBe(130, end.Error);
            end.Error.ShouldNotContain("   at ");
        }
    }

    /// <summary>Long enough for every signal to come in time.</summary>
    private string[] Arguments(string verb, string output) => verb switch
    {
        "train" => ["train", "--dataset", Data, "--out", Path.Combine(output, "model"), "--arch", "vgg_compact", "--epochs", "10000"],
        "corrupt" => ["corrupt", "--dataset", Data, "--out", output, "--set", "cifar", "--severity", "1..5", "--workers", "1"],
        _ => [.. TinyRun.Training(_folder["set"], output).Select(argument => argument == "6" ? "10000" : argument)],
    };

    private static bool HasBegun(string verb, string output) => verb == "enhance"
        ? File.Exists(Path.Combine(output, ".datacentric", "job.json"))
        : Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any();
}
