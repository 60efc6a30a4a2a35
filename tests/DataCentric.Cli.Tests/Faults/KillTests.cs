using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>SIGKILL at random moments, again and again, until the run is let end.</summary>
public sealed class KillTests : IDisposable
{
    private const int KillsPerRun = 4;
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(8);
    private int _killed;
    private int _identical;
    private int _recomputed;
    private int _shardsKept;
    private readonly List<TimeSpan> _recovery = [];

    public KillTests() => TinyRun.WriteDataset(_folder["set"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Killed_while_it_corrupts() =>
        KillAsync("SIGKILL at a random moment, corruptions only", FaultLog.Times(2, 60), output => TinyRun.Corrupting(_folder["set"], output));

    [Fact]
    public async Task Killed_while_it_attacks()
    {
        await TinyRun.TrainAsync(_folder["set"], _folder["model.safetensors"]);
        await KillAsync(
            "SIGKILL at a random moment, attack, corruptions and clean",
            FaultLog.Times(2, 40),
            output => TinyRun.Attacking(_folder["set"], output, _folder["model.safetensors"]));
    }

    [Fact]
    public Task Killed_while_it_trains() =>
        KillAsync("SIGKILL at a random moment, surrogate trained in the run", FaultLog.Times(1, 24), output => TinyRun.Training(_folder["set"], output));

    private async Task KillAsync(string fault, int kills, Func<string, string[]> arguments)
    {
        var (expected, work) = await UndisturbedAsync(arguments(_folder["whole"]));
        var runs = 0;
        for (; _killed < kills; runs++)
        {
            var output = _folder[$"run{runs}"];
            for (var i = 0; i < KillsPerRun && _killed < kills; i++)
                await KillOnceAsync(arguments(output), output, work);
            await FinishAsync(arguments(output), output, expected);
        }

        FaultLog.Note($"{fault} ({runs} runs; {_shardsKept} finished shards found again)", _killed, _identical == runs ? _killed : _identical, _recomputed, _recovery);
        _identical.ShouldBe(runs);
        _recomputed.ShouldBe(0);
    }

    /// <summary>Fingerprint of an undisturbed run, and how long it works once the process is up.</summary>
    private async Task<(string Fingerprint, TimeSpan Work)> UndisturbedAsync(string[] arguments)
    {
        using var tool = Tool.Start(arguments);
        (await tool.WaitUntilAsync(() => HasBegun(_folder["whole"]))).ShouldBeTrue(tool.ErrorSoFar);
        var start = Stopwatch.GetTimestamp();
        var end = await Tool.FinishAsync(tool);
        end.ExitCode.ShouldBe(0, end.Error);
        return (ShortRun.Fingerprint(_folder["whole"]), Stopwatch.GetElapsedTime(start));
    }

    private async Task KillOnceAsync(string[] arguments, string output, TimeSpan work)
    {
        using var watch = new ShardWatch(output);
        var known = HasBegun(output) ? File.GetLastWriteTimeUtc(JobFile(output)) : DateTime.MinValue;
        using var tool = Tool.Start(arguments);
        await tool.WaitUntilAsync(() => HasBegun(output) && File.GetLastWriteTimeUtc(JobFile(output)) > known);
        await Task.WhenAny(Task.Delay(work * _random.NextDouble()), tool.Process.WaitForExitAsync());
        if (!tool.Process.HasExited)
        {
            tool.Signal("KILL");
            _killed++;
        }

        await tool.Process.WaitForExitAsync();
        _shardsKept += watch.Before;
        _recomputed += watch.Recomputed;
    }

    private async Task FinishAsync(string[] arguments, string output, string expected)
    {
        using var watch = new ShardWatch(output);
        var start = Stopwatch.GetTimestamp();
        var end = await Tool.RunAsync(arguments);
        _recovery.Add(Stopwatch.GetElapsedTime(start));
        end.ExitCode.ShouldBe(0, end.Error);
        _identical += ShortRun.Fingerprint(output) == expected ? 1 : 0;
        _shardsKept += watch.Before;
        _recomputed += watch.Recomputed;
        TinyRun.Leftovers(output).ShouldBeEmpty();
        Directory.Delete(output, recursive: true);
    }

    private static bool HasBegun(string output) => File.Exists(JobFile(output));

    private static string JobFile(string output) => Path.Combine(output, ".datacentric", "job.json");
}
