using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>The disk is full, or may not be written.</summary>
public sealed class DiskTests : IDisposable
{
    // A run needs about 2 MB: three times the pixels, and records.
    private static readonly string[] Sizes = ["40k", "300k", "500k", "700k", "900k", "1100k", "1300k", "1500k", "1700k", "1900k"];

    private readonly TemporaryFolder _folder = new();

    public DiskTests() => TinyRun.WriteDataset(_folder["set"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Full_it_ends_with_the_reason_and_goes_on_when_there_is_room_again()
    {
        var expected = await UndisturbedAsync();
        var (tried, identical, recomputed, recovery) = (0, 0, 0, new List<TimeSpan>());
        foreach (var size in FaultLog.Some(Sizes, inShort: 1))
        {
            using var disk = new SmallDisk(_folder[$"disk-{size}"], size);
            var failed = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], disk.Path));
            if (failed.ExitCode == 0)
                continue; // There was room enough.
            failed.ExitCode.ShouldBe(1, failed.Error);
            failed.Error.ShouldContain("No space left on device");
            failed.Error.ShouldContain("the same command goes on from there");

            disk.Remount("size=64m");
            using var watch = new ShardWatch(disk.Path);
            var start = Stopwatch.GetTimestamp();
            var end = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], disk.Path));

            recovery.Add(Stopwatch.GetElapsedTime(start));
            end.ExitCode.ShouldBe(0, end.Error);
            tried++;
            identical += ShortRun.Fingerprint(disk.Path) == expected ? 1 : 0;
            recomputed += watch.Recomputed;
            TinyRun.Leftovers(disk.Path).ShouldBeEmpty();
        }

        FaultLog.Note("the disk is full", tried, identical, recomputed, recovery);
        tried.ShouldBeGreaterThan(0);
        identical.ShouldBe(tried);
        recomputed.ShouldBe(0);
    }

    [Fact]
    public async Task Read_only_it_is_refused_as_read_only_and_not_as_another_process()
    {
        using var disk = new SmallDisk(_folder["disk"], "64m");
        disk.Remount("ro");
        var fresh = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], disk.Path));
        disk.Remount("rw");
        Directory.CreateDirectory(Path.Combine(disk.Path, ".datacentric"));
        disk.Remount("ro");
        var known = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], disk.Path));
        disk.Remount("rw");
        var start = Stopwatch.GetTimestamp();
        var end = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], disk.Path));

        foreach (var refused in new[] { fresh, known })
        {
            refused.ExitCode.ShouldBe(2, refused.Error);
            refused.Error.ShouldContain("the folder cannot be written");
            refused.Error.ShouldContain("Read-only file system");
        }

        end.ExitCode.ShouldBe(0, end.Error);
        var identical = ShortRun.Fingerprint(disk.Path) == await UndisturbedAsync();
        FaultLog.Note("the output is read-only", 2, identical ? 2 : 0, 0, [Stopwatch.GetElapsedTime(start)]);
        identical.ShouldBeTrue();
    }

    [Fact]
    public async Task A_torn_note_of_the_run_does_not_keep_the_same_command_from_going_on()
    {
        var arguments = TinyRun.Corrupting(_folder["set"], _folder["out"]);
        using (var killed = Tool.Start(arguments))
        {
            (await killed.WaitUntilAsync(() => Directory.Exists(Path.Combine(_folder["out"], ".datacentric", "runs")))).ShouldBeTrue();
            killed.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        var note = Path.Combine(_folder["out"], ".datacentric", "job.json");
        await File.WriteAllTextAsync(note, (await File.ReadAllTextAsync(note))[..40]);
        var resumed = await Tool.RunAsync("enhance", "--out", _folder["out"], "--resume");
        var end = await Tool.RunAsync(arguments);

        resumed.ExitCode.ShouldBe(2);
        resumed.Error.ShouldContain("start with --dataset and the same options again");
        end.ExitCode.ShouldBe(0, end.Error);
        ShortRun.Fingerprint(_folder["out"]).ShouldBe(await UndisturbedAsync());
    }

    private async Task<string> UndisturbedAsync()
    {
        var end = await Tool.RunAsync(TinyRun.Corrupting(_folder["set"], _folder["whole"]));
        end.ExitCode.ShouldBe(0, end.Error);
        return ShortRun.Fingerprint(_folder["whole"]);
    }
}
