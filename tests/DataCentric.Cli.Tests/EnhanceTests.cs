using System.Security.Cryptography;
using System.Text.Json;

namespace DataCentric.Cli.Tests;

/// <summary>The main job on the bundled sample, with the real attack made short.</summary>
public sealed class EnhanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_ends_with_a_good_set_a_picture_and_a_summary_as_json()
    {
        var run = await Tool.RunAsync([.. Arguments("a"), "--json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        using var summary = JsonDocument.Parse(run.Output);
        summary.RootElement.GetProperty("count").GetInt32().ShouldBe(200);
        summary.RootElement.GetProperty("plan").GetProperty("adversarial").GetInt32().ShouldBe(80);
        run.Error.ShouldContain("Training surrogates");
        foreach (var file in new[] { "data.npy", "label.npy", "manifest.jsonl", "run.json", "contact-sheet.png" })
            File.Exists(Path.Combine(_folder["a"], file)).ShouldBeTrue(file);
        (await Tool.RunAsync("verify", _folder["a"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_changed_byte_fails_verification_by_name()
    {
        await RunAsync(Arguments("a"));
        var data = Path.Combine(_folder["a"], "data.npy");
        var bytes = await File.ReadAllBytesAsync(data);
        bytes[128 + (17 * 3072)] ^= 1;
        await File.WriteAllBytesAsync(data, bytes);

        var verified = await Tool.RunAsync("verify", _folder["a"]);

        verified.ExitCode.ShouldBe(1);
        verified.Error.ShouldContain("Sample 17 (train-images-idx3-ubyte.gz#");
    }

    [Fact]
    public async Task Workers_and_shard_size_do_not_change_a_byte()
    {
        await RunAsync([.. Arguments("one"), "--workers", "1"]);
        await RunAsync([.. Arguments("two"), "--workers", "2", "--shard-size", "7"]);
        await RunAsync([.. Arguments("big"), "--workers", "2", "--shard-size", "5000"]);

        Fingerprint("two").ShouldBe(Fingerprint("one"));
        Fingerprint("big").ShouldBe(Fingerprint("one"));
    }

    [Fact]
    public async Task Chosen_by_entropy_workers_and_shard_size_do_not_change_a_byte_and_another_selection_is_another_run()
    {
        string[] chosen = ["--selection", "entropy", "--split", "1:1:3"];
        await RunAsync([.. Arguments("one"), .. chosen, "--workers", "1"]);
        await RunAsync([.. Arguments("two"), .. chosen, "--workers", "2", "--shard-size", "50"]);

        Fingerprint("two").ShouldBe(Fingerprint("one"));
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["one"], "run.json")));
        record.RootElement.GetProperty("request").GetProperty("selection").GetString().ShouldBe("entropy");
        var means = record.RootElement.GetProperty("selection");
        Mean("clean").ShouldBeGreaterThan(Mean("adversarial"));
        Mean("adversarial").ShouldBeGreaterThan(Mean("corrupted"));
        (await Tool.RunAsync("verify", _folder["one"])).ExitCode.ShouldBe(0);
        var other = await Tool.RunAsync([.. Arguments("one"), "--selection", "disagreement", "--split", "1:1:3"]);
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("selection: \"entropy\" there, \"disagreement\" here");

        double Mean(string role) => means.GetProperty(role).GetDouble();
    }

    [Fact]
    public async Task Killed_at_three_moments_and_resumed_the_bytes_are_the_same()
    {
        await RunAsync(Arguments("whole"));
        string[] moments = ["runs/*/input/input.json", "models/*/record.json", "runs/*/shards/adversarial-000000000-000008.json"];
        foreach (var (moment, number) in moments.Select((moment, number) => (moment, number)))
        {
            var name = $"killed{number}";
            using var killed = Tool.Start([.. Arguments(name), "--shard-size", "32"]);
            (await killed.WaitUntilAsync(() => Exists(name, moment))).ShouldBeTrue(moment);
            killed.Signal("KILL");
            await killed.Process.WaitForExitAsync();
            File.Exists(Path.Combine(_folder[name], "run.json")).ShouldBeFalse("the kill came too late to prove anything");

            await RunAsync(number == 0 ? ["enhance", "--out", _folder[name], "--resume"] : [.. Arguments(name), "--shard-size", "32"]);

            Fingerprint(name).ShouldBe(Fingerprint("whole"), moment);
        }
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_it_says_how_to_go_on_and_goes_on()
    {
        string[] arguments = [.. Arguments("a").Select(word => word == "4" ? "40" : word)]; // iterations: long enough to be stopped on a busy machine
        using var stopped = Tool.Start(arguments);
        (await stopped.WaitUntilAsync(() => Exists("a", "runs/*/plan.json"))).ShouldBeTrue();
        stopped.Signal("INT");

        var end = await Tool.FinishAsync(stopped);

        end.ExitCode.ShouldBe(130, end.Error);
        end.Error.ShouldContain("the same command goes on from there");
        await RunAsync(arguments);
        (await Tool.RunAsync("verify", _folder["a"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused()
    {
        using var first = Tool.Start(Arguments("a"));
        (await first.WaitUntilAsync(() => Exists("a", "runs/*/plan.json"))).ShouldBeTrue();

        var second = await Tool.RunAsync(Arguments("a"));

        second.ExitCode.ShouldBe(2);
        second.Error.ShouldContain("another process");
        (await Tool.FinishAsync(first)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_of_another_request_is_refused_with_the_difference()
    {
        await RunAsync(Arguments("a"));

        var other = await Tool.RunAsync([.. Arguments("a"), "--seed", "8"]);

        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("seed: 0 there, 8 here");
    }

    [Fact]
    public async Task A_dry_run_estimates_and_writes_nothing()
    {
        var dry = await Tool.RunAsync([.. Arguments("a"), "--dry-run", "--json"]);

        dry.ExitCode.ShouldBe(0, dry.Error);
        using var estimate = JsonDocument.Parse(dry.Output);
        estimate.RootElement.GetProperty("adversarial").GetInt32().ShouldBe(80);
        estimate.RootElement.GetProperty("attackSeconds").GetDouble().ShouldBeGreaterThan(0);
        estimate.RootElement.GetProperty("memoryMegabytes").GetInt64().ShouldBeGreaterThan(50);
        estimate.RootElement.GetProperty("selectionSeconds").GetDouble().ShouldBe(0);
        estimate.RootElement.GetProperty("processorSeconds").GetDouble().ShouldBeGreaterThan(estimate.RootElement.GetProperty("attackSeconds").GetDouble());
        Directory.Exists(_folder["a"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_tells_what_becomes_of_the_samples_before_it_measures()
    {
        var dry = await Tool.RunAsync([.. Arguments("a"), "--dry-run"]);

        dry.ExitCode.ShouldBe(0, dry.Error);
        dry.Output.IndexOf("80 adversarial", StringComparison.Ordinal).ShouldBeInRange(0, dry.Output.IndexOf("Processor time", StringComparison.Ordinal));
        dry.Error.ShouldContain("Measuring on a few images");
    }

    private string[] Arguments(string output) => ShortRun.Arguments(_folder[output]);

    private static async Task RunAsync(string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
    }

    private string Fingerprint(string output) => ShortRun.Fingerprint(_folder[output]);

    /// <summary>Whether a file of the run's hidden folder is there; '*' stands for one folder.</summary>
    private bool Exists(string output, string pattern)
    {
        IEnumerable<string> found = [Path.Combine(_folder[output], ".datacentric")];
        foreach (var part in pattern.Split('/'))
            found = found.Where(Directory.Exists).SelectMany(folder => part == "*" ? Directory.GetDirectories(folder) : [Path.Combine(folder, part)]).ToArray();
        return found.Any(File.Exists);
    }
}

/// <summary>A run of seconds: few samples, one small network, few iterations.</summary>
internal static class ShortRun
{
    public static string[] Arguments(string output) =>
    [
        "enhance", "--dataset", RealData.Sample("train-images-idx3-ubyte.gz"), "--out", output, "--limit", "200",
        "--architectures", "vgg_compact,mobilenet_compact", "--surrogate-epochs", "2", "--iterations", "4", "--attack-batch", "8",
    ];

    public static string Fingerprint(string output) => string.Join(' ', new[] { "data.npy", "label.npy", "manifest.jsonl" }
        .Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(output, file))))));
}
