using System.Diagnostics;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>Each kind of stored file is cut or changed in turn while no process runs; the next start ends with the same bytes.</summary>
public sealed class TornFileTests : IDisposable
{
    private static readonly string[] OfAnUnfinishedRun =
    [
        "runs/run/input/input.json", "runs/run/input/pixels.bin", "runs/run/input/samples.bin", "runs/run/input/sources.txt",
        "runs/run/plan.json", "runs/run/shards/adversarial-000000000-000016.bin", "runs/run/shards/adversarial-000000000-000016.json",
        "runs/run/shards/corrupted-000000040-000040.bin", "runs/run/shards/corrupted-000000040-000040.json", "models/*/record.json",
        "models/*/fake.safetensors",
    ];

    private static readonly string[] OfAFinishedRun =
        [ResultFiles.Data, ResultFiles.Label, ResultFiles.Manifest, ResultFiles.Run, ResultFiles.ContactSheet];

    private static readonly Damage[] Damages = [Damage.Gone, Damage.Empty, Damage.Half, Damage.OneByte, Damage.OneDigit, Damage.Longer];

    private readonly RunHarness _harness = new();
    private int _runs;

    private enum Damage
    {
        Gone,
        Empty,
        Half,
        OneByte,
        OneDigit,
        Longer,
    }

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Damaged_between_two_starts_every_file_of_an_unfinished_run_is_made_again_and_only_that()
    {
        var expected = await FinishedAsync("whole");
        await StoppedAsync("stopped");
        var (tried, identical, recomputed, recovery) = (0, 0, 0, new List<TimeSpan>());
        foreach (var (file, damage) in FaultLog.Some(Cases(OfAnUnfinishedRun), inShort: 11))
        {
            var folder = Copy("stopped");
            var work = new FolderStore(Path.Combine(folder, "w"));
            var before = await Shards.ValidAsync(work);
            var damaged = Spoil(Path.Combine(folder, "w"), file, damage);
            var valid = await Shards.ValidAsync(work);
            before.Except(valid).Where(shard => !damaged.StartsWith(shard[..^".json".Length], StringComparison.Ordinal)).ShouldBeEmpty();

            var start = Stopwatch.GetTimestamp();
            var watched = new FaultyStore(work, (_, _) => WriteFault.None);
            await _harness.RunAsync(_harness.Request, watched, new FolderStore(Path.Combine(folder, "r")));

            recovery.Add(Stopwatch.GetElapsedTime(start));
            tried++;
            identical += await RunHarness.FingerprintAsync(new FolderStore(Path.Combine(folder, "r"))) == expected ? 1 : 0;
            recomputed += watched.Written.Count(valid.Contains);
            Directory.Delete(folder, recursive: true);
        }

        FaultLog.Note("a file of an unfinished run is gone, cut, longer, or has a changed byte or digit", tried, identical, recomputed, recovery);
        identical.ShouldBe(tried);
        recomputed.ShouldBe(0);
    }

    [Fact]
    public async Task Damaged_after_the_end_every_file_of_the_result_is_made_again()
    {
        var expected = await FinishedAsync("whole");
        var (tried, identical, recovery) = (0, 0, new List<TimeSpan>());
        foreach (var (file, damage) in FaultLog.Some(Cases(OfAFinishedRun), inShort: 5))
        {
            var folder = Copy("whole");
            Spoil(Path.Combine(folder, "r"), file, damage);
            var result = new FolderStore(Path.Combine(folder, "r"));

            var start = Stopwatch.GetTimestamp();
            await _harness.RunAsync(_harness.Request, new FolderStore(Path.Combine(folder, "w")), result);

            recovery.Add(Stopwatch.GetElapsedTime(start));
            tried++;
            identical += await RunHarness.FingerprintAsync(result) == expected ? 1 : 0;
            Directory.Delete(folder, recursive: true);
        }

        FaultLog.Note("a file of the finished result is gone, cut, longer or changed, and the run is started again", tried, identical, 0, recovery);
        identical.ShouldBe(tried);
    }

    [Fact]
    public async Task A_digit_changed_in_a_shard_record_does_not_reach_the_manifest()
    {
        var expected = await FinishedAsync("whole");
        await StoppedAsync("stopped");
        var record = Path.Combine(_harness.Folder, "stopped", "w", OfAnUnfinishedRun[6]);
        var text = await File.ReadAllTextAsync(record);
        text.ShouldContain("\"trueLogitBefore\":5");
        await File.WriteAllTextAsync(record, text.Replace("\"trueLogitBefore\":5", "\"trueLogitBefore\":6", StringComparison.Ordinal));

        await _harness.RunAsync(_harness.Request, _harness.Store("stopped/w"), _harness.Store("stopped/r"));

        (await RunHarness.FingerprintAsync(_harness.Store("stopped/r"))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_run_that_was_killed_between_its_record_and_the_clearing_is_cleared_by_the_next_start()
    {
        await FinishedAsync("whole");
        var shards = _harness.Store("whole/w").Below("runs/run/shards");
        await shards.WriteAllBytesAsync("adversarial-000000000-000016.bin", new byte[5], CancellationToken.None);

        await _harness.RunAsync(_harness.Request, _harness.Store("whole/w"), _harness.Store("whole/r"));

        (await shards.ListAsync("", CancellationToken.None).ToListAsync()).ShouldBeEmpty();
    }

    private async Task<string> FinishedAsync(string name)
    {
        await _harness.RunAsync(_harness.Request, _harness.Store($"{name}/w"), _harness.Store($"{name}/r"), workers: 1);
        return await RunHarness.FingerprintAsync(_harness.Store($"{name}/r"));
    }

    /// <summary>A run that has all its shards and nothing of its result.</summary>
    private async Task StoppedAsync(string name)
    {
        using var stop = new CancellationTokenSource();
        var result = new StoppingStore(_harness.Store($"{name}/r"), 1, stop);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            _harness.RunAsync(_harness.Request, _harness.Store($"{name}/w"), result, workers: 2, stop.Token));
    }

    private static (string File, Damage Damage)[] Cases(string[] files) =>
        [.. from damage in Damages from file in files select (file, damage)];

    private string Copy(string name)
    {
        var (from, to) = (Path.Combine(_harness.Folder, name), Path.Combine(_harness.Folder, $"copy{++_runs}"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    /// <summary>Damages a file; '*' stands for the only folder there.</summary>
    /// <returns>Its name in the store.</returns>
    private static string Spoil(string folder, string file, Damage damage)
    {
        if (file.Contains('*'))
            file = file.Replace("*", Path.GetFileName(Directory.GetDirectories(Path.Combine(folder, file[..file.IndexOf('*')])).Single()));
        var path = Path.Combine(folder, file);
        var bytes = File.ReadAllBytes(path);
        if (damage == Damage.Gone)
            File.Delete(path);
        else
            File.WriteAllBytes(path, Damaged(bytes, damage));
        return file;
    }

    private static byte[] Damaged(byte[] bytes, Damage damage)
    {
        var at = bytes.Length * 2 / 3;
        switch (damage)
        {
            case Damage.Empty:
                return [];
            case Damage.Half:
                return bytes[..(bytes.Length / 2)];
            case Damage.Longer:
                return [.. bytes, 7];
            case Damage.OneDigit:
                at = Math.Max(at, Array.FindIndex(bytes, at, value => value is >= (byte)'0' and < (byte)'9'));
                break;
        }

        bytes[at]++;
        return bytes;
    }
}
