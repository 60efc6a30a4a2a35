using System.Security.Cryptography;
using System.Text.Json;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Cli.Tests;

/// <summary>Two processes that write to one place at the same time: both are done, or one is refused; nothing is lost or mixed.</summary>
public sealed class TwoWritersTests(FinishedThings things, AzuriteFixture azurite) : IClassFixture<FinishedThings>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("folder")]
    [InlineData("blobs")]
    public async Task Two_conversions_of_one_set_are_both_in_its_record(string kind)
    {
        var place = kind == "folder" ? _folder["out"] : await EnhanceToBlobsAsync();
        if (kind == "folder")
            await RunAsync("enhance", "--dataset", things.Path("set"), "--out", place, "--limit", "60", "--split", "0:0:1");

        var ends = await AtOnceAsync(["convert", place, "--formats", "folder"], ["convert", place, "--formats", "webdataset"]);

        var done = new[] { "folder", "webdataset" }.Zip(ends).Where(end => end.Second.ExitCode == 0).Select(end => end.First).ToArray();
        ends.ShouldAllBe(end => end.ExitCode == 0 || (end.ExitCode == 2 && end.Error.Contains("another process writes here")), string.Join('\n', ends.Select(end => end.Error)));
        done.ShouldNotBeEmpty();
        using var record = JsonDocument.Parse(await DataStores.Open(place).ReadAllBytesAsync("run.json", TestContext.Current.CancellationToken));
        var files = record.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).ToArray();
        done.ShouldAllBe(format => files.Any(file => file.StartsWith(format + "/", StringComparison.Ordinal)));
        await RunAsync("convert", place, "--formats", "folder,webdataset");
        await RunAsync("verify", place, "--dataset", things.Path("set"));
    }

    [Fact]
    public async Task Corruptions_of_two_sets_into_one_folder_do_not_mix()
    {
        foreach (var set in new[] { "set", "other" })
            await RunAsync("corrupt", "--kinds", "jpeg,rain,gaussian_noise", "--dataset", things.Path(set), "--out", _folder[set]);

        var ends = await AtOnceAsync(
            ["corrupt", "--kinds", "jpeg,rain,gaussian_noise", "--dataset", things.Path("set"), "--out", _folder["out"]],
            ["corrupt", "--kinds", "jpeg,rain,gaussian_noise", "--dataset", things.Path("other"), "--out", _folder["out"]]);

        ends.Select(end => end.ExitCode).Order().ToArray().ShouldBe([0, 2], string.Join('\n', ends.Select(end => end.Error)));
        Fingerprint("out").ShouldBe(Fingerprint(ends[0].ExitCode == 0 ? "set" : "other"));
    }

    [Theory]
    [InlineData("enhance --split 0:0:1 --limit 60 --dataset SET --out OUT --storage STORE", "report.html")]
    [InlineData("report OUT", "report.html")]
    [InlineData("testset --dataset SET --attackers MODEL --limit 20 --out OUT", "testset.json")]
    [InlineData("score --test TESTS --models MODEL --out OUT", "score.json")]
    [InlineData("train --arch vgg_compact --epochs 2 --limit 60 --dataset SET --out OUT/a", "a")]
    [InlineData("import --weights WEIGHTS --arch vgg_compact --shape 16x16 --mean 0,0,0 --std 1,1,1 --out OUT/a", "a")]
    [InlineData("export --model MODEL --out OUT/a.npz", "a.npz")]
    [InlineData("inspect SET --sheet OUT/a.png", "a.png")]
    [InlineData("upload --dataset SET --to OUT --name two", "datasets/two/data.npy")]
    public async Task The_same_command_twice_at_once_ends_well_or_is_refused_in_a_sentence(string command, string made)
    {
        if (command.StartsWith("report", StringComparison.Ordinal))
            await RunAsync("enhance", "--dataset", things.Path("set"), "--out", _folder["out"], "--limit", "60", "--split", "0:0:1");
        string[] words =
        [
            .. command.Replace("SET", things.Path("set"), StringComparison.Ordinal).Replace("MODEL", things.Path("model"), StringComparison.Ordinal)
                .Replace("WEIGHTS", things.Path("weights.npz"), StringComparison.Ordinal).Replace("TESTS", things.Tests, StringComparison.Ordinal)
                .Replace("OUT", _folder["out"], StringComparison.Ordinal).Replace("STORE", _folder["store"], StringComparison.Ordinal).Split(' '),
        ];

        var ends = await AtOnceAsync(words, words);

        ends.ShouldContain(end => end.ExitCode == 0, string.Join('\n', ends.Select(end => end.Error)));
        ends.ShouldAllBe(end => end.ExitCode == 0 || (end.ExitCode == 2 && end.Error.Contains("another process")), string.Join('\n', ends.Select(end => end.Error)));
        File.Exists(Path.Combine(_folder["out"], made)).ShouldBeTrue();
        Directory.EnumerateFiles(_folder.Path, "*lock", SearchOption.AllDirectories).ShouldBeEmpty();
        if (words[0] is "enhance" or "report")
            await RunAsync("verify", _folder["out"]);
    }

    private static async Task<ToolResult[]> AtOnceAsync(params string[][] commands)
    {
        var processes = commands.Select(command => Tool.Start(command)).ToArray();
        return await Task.WhenAll(processes.Select(Tool.FinishAsync));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }

    private string[] Fingerprint(string folder) =>
    [
        .. Directory.EnumerateFiles(_folder[folder], "*", SearchOption.AllDirectories).Where(file => !file.Contains(".datacentric"))
            .Order().Select(file => $"{Path.GetRelativePath(_folder[folder], file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private async Task<string> EnhanceToBlobsAsync()
    {
        var summary = await RunAsync(
            "enhance", "--dataset", things.Path("set"), "--out", _folder["copy"], "--limit", "60", "--split", "0:0:1", "--storage", $"{azurite.ConnectionString}Container=writers", "--json");
        return $"{azurite.ConnectionString}Container=writers;Prefix=enhanced/set/{JsonDocument.Parse(summary).RootElement.GetProperty("runId").GetString()}";
    }
}
