using System.Security.Cryptography;

namespace DataCentric.Cli.Tests;

/// <summary>What a verb writes to is neither what it reads nor anything of the user's, whatever the verb and however the place is named.</summary>
public sealed class OutputTests(FinishedThings things) : IClassFixture<FinishedThings>, IDisposable
{
    private static readonly EnumerationOptions OwnFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("enhance --split 0:0:1 --dataset set --out set")]
    [InlineData("enhance --split 0:0:1 --dataset set/data.npy --out set")]
    [InlineData("enhance --split 0:0:1 --dataset set --out link")]
    [InlineData("enhance --split 0:0:1 --dataset link --out ./none/../set/")]
    [InlineData("enhance --split 0:0:1 --dataset set --out by/set/new")]
    [InlineData("enhance --split 0:0:1 --dataset set --out .")]
    [InlineData("enhance --split 0:0:1 --dataset set --out new --storage link/work")]
    [InlineData("enhance --split 0:0:1 --dataset set --out new --surrogates set")]
    [InlineData("enhance --split 0:0:1 --dataset set --out set --overwrite")]
    [InlineData("corrupt --kinds jpeg --dataset set --out link")]
    [InlineData("corrupt --kinds jpeg --dataset set --out by --overwrite")]
    [InlineData("train --arch vgg_compact --epochs 1 --limit 40 --dataset set/data.npy --out link/data.npy --overwrite")]
    [InlineData("train --arch vgg_compact --epochs 1 --limit 40 --dataset set --out set/model")]
    [InlineData("testset --dataset set --training other --out by/set")]
    [InlineData("testset --dataset other --training set --out link")]
    [InlineData("score --test set --raw other --out link")]
    [InlineData("inspect set --sheet link/sheet.png --overwrite")]
    [InlineData("inspect set/data.npy --sheet by/set/data.npy --overwrite")]
    [InlineData("export --model model --out modellink.npz --overwrite")]
    [InlineData("import --weights weights.npz --arch vgg_compact --shape 16x16 --mean 0,0,0 --std 1,1,1 --out weights.npz --overwrite")]
    [InlineData("upload --dataset by/datasets/set --to by --overwrite")]
    public async Task An_output_that_is_the_input_holds_it_or_lies_in_it_is_refused(string command)
    {
        Copy();
        File.CreateSymbolicLink(_folder["link"], _folder["set"]);
        File.CreateSymbolicLink(_folder["by"], _folder.Path);
        File.CreateSymbolicLink(_folder["modellink.npz"], _folder["model"]);
        Directory.CreateDirectory(_folder["datasets"]);
        File.CreateSymbolicLink(_folder["datasets/set"], _folder["set"]);
        var before = Files();

        var result = await RunAsync(command);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldMatch("The output .* (is|holds|lies in) the input ");
        Files().ShouldBe(before);
    }

    [Theory]
    [InlineData("enhance --split 0:0:1 --limit 40 --dataset set --out out", "README.md")]
    [InlineData("enhance --split 0:0:1 --limit 40 --dataset set --out out", "run.json")]
    [InlineData("enhance --split 0:0:1 --limit 40 --dataset set --out out", "classes.txt")]
    [InlineData("enhance --split 0:0:1 --limit 40 --dataset set --out out --formats folder", "folder/mine.png")]
    [InlineData("corrupt --kinds jpeg --dataset set --out out", "manifest.jsonl")]
    [InlineData("corrupt --kinds jpeg --dataset set --out out", "jpeg/label.npy")]
    [InlineData("testset --dataset set --training other --out out", "ori/data.npy")]
    [InlineData("score --test TESTS --raw set --out out", "score.json")]
    [InlineData("train --arch vgg_compact --epochs 1 --limit 40 --dataset set --out out/mine", "mine")]
    [InlineData("train --arch vgg_compact --epochs 1 --limit 40 --dataset set --out out/mine", "mine.checkpoint")]
    [InlineData("inspect set --sheet out/mine.png", "mine.png")]
    [InlineData("export --model model --out out/mine.npz", "mine.npz")]
    [InlineData("import --weights weights.npz --arch vgg_compact --shape 16x16 --mean 0,0,0 --std 1,1,1 --out out/mine", "mine")]
    [InlineData("fetch cifar10 --out out --from http://127.0.0.1:9", "cifar-10-binary.tar.gz")]
    [InlineData("upload --dataset set --to out", "datasets/set/label.npy")]
    public async Task What_is_not_ours_is_refused_and_stays(string command, string name)
    {
        Copy();
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"out/{name}"])!);
        await File.WriteAllTextAsync(_folder[$"out/{name}"], "mine");

        var result = await RunAsync(command);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(Path.GetFileName(name));
        (await File.ReadAllTextAsync(_folder[$"out/{name}"])).ShouldBe("mine");
        File.Exists(_folder["out/data.npy"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("enhance --split 0:0:1 --limit 40 --dataset set --out out --formats parquet,folder", "data.npy")]
    [InlineData("corrupt --kinds jpeg --dataset set --out out", "manifest.jsonl")]
    [InlineData("train --arch vgg_compact --epochs 1 --limit 40 --dataset set --out out/model", "model")]
    [InlineData("inspect set --sheet out/sheet.png", "sheet.png")]
    [InlineData("export --model model --out out/model.npz", "model.npz")]
    [InlineData("import --weights weights.npz --arch vgg_compact --shape 16x16 --mean 0,0,0 --std 1,1,1 --out out/model", "model")]
    [InlineData("testset --dataset set --attackers model --limit 20 --out out", "testset.json")]
    [InlineData("score --test TESTS --models model --out out", "score.json")]
    [InlineData("upload --dataset set --to out", "datasets/set/label.npy")]
    public async Task The_same_command_again_goes_on_without_a_switch_and_overwrite_replaces_what_is_there(string command, string name)
    {
        Copy();
        var first = await RunAsync(command);
        first.ExitCode.ShouldBe(0, first.Error);
        var made = Hash(_folder[$"out/{name}"]);

        var again = await RunAsync(command);
        again.ExitCode.ShouldBe(0, again.Error);
        Hash(_folder[$"out/{name}"]).ShouldBe(made);
        Directory.EnumerateFileSystemEntries(_folder["out"], "*lock*", SearchOption.AllDirectories).ShouldBeEmpty();

        Directory.Delete(_folder["out"], recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"out/{name}"])!);
        await File.WriteAllTextAsync(_folder[$"out/{name}"], "mine");
        var overwritten = await RunAsync($"{command} --overwrite");
        overwritten.ExitCode.ShouldBe(0, overwritten.Error);
        Hash(_folder[$"out/{name}"]).ShouldBe(made);
    }

    [Fact]
    public async Task A_finished_set_is_added_to_only_where_nothing_else_lies()
    {
        Copy();
        (await RunAsync("enhance --split 0:0:1 --limit 40 --dataset set --out out")).ExitCode.ShouldBe(0);
        Directory.CreateDirectory(_folder["out/folder"]);
        foreach (var name in new[] { "out/folder/mine.png", "out/score.json" })
            await File.WriteAllTextAsync(_folder[name], "mine");

        var converted = await RunAsync("convert out --formats folder");
        var reported = await RunAsync($"report out --score {things.Score}");
        var scored = await RunAsync("score --test TESTS --models model --out out");

        foreach (var result in new[] { converted, reported, scored })
            result.ExitCode.ShouldBe(2, result.Error);
        converted.Error.ShouldContain("folder/mine.png");
        reported.Error.ShouldContain("score.json");
        scored.Error.ShouldContain("score.json");
        File.Delete(_folder["out/folder/mine.png"]); // verify would name it
        (await RunAsync("verify out")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Corruptions_of_another_set_do_not_go_into_the_folder_of_the_first_until_that_is_given_up()
    {
        Copy();
        (await RunAsync("corrupt --kinds jpeg,rain --dataset set --out out")).ExitCode.ShouldBe(0);

        var refused = await RunAsync("corrupt --kinds jpeg --dataset other --out out");
        refused.ExitCode.ShouldBe(2, refused.Error);
        refused.Error.ShouldContain("another 'corrupt'");
        (await RunAsync("corrupt --kinds jpeg --dataset other --out out --overwrite")).ExitCode.ShouldBe(0);

        Directory.Exists(_folder["out/rain"]).ShouldBeTrue();
        Directory.EnumerateFiles(_folder["out/rain"]).ShouldBeEmpty();
        (await File.ReadAllLinesAsync(_folder["out/manifest.jsonl"])).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_run_takes_a_folder_over_only_where_that_is_wanted_and_nothing_of_the_first_stays_in_its_set()
    {
        Copy();
        (await RunAsync("enhance --split 0:0:1 --limit 40 --dataset set --out out --formats parquet,folder")).ExitCode.ShouldBe(0);

        (await RunAsync("enhance --split 0:0:1 --limit 30 --dataset set --out out")).ExitCode.ShouldBe(2);
        var taken = await RunAsync("enhance --split 0:0:1 --limit 30 --dataset set --out out --overwrite");

        taken.ExitCode.ShouldBe(0, taken.Error);
        Directory.EnumerateFiles(_folder["out/folder"], "*", SearchOption.AllDirectories).ShouldBeEmpty();
        var verified = await RunAsync("verify out");
        verified.ExitCode.ShouldBe(0, verified.Error);
        verified.Error.ShouldContain("30 samples");
    }

    private async Task<ToolResult> RunAsync(string command) =>
        await Tool.FinishAsync(Tool.StartIn(_folder.Path, command.Replace("TESTS", things.Tests, StringComparison.Ordinal).Split(' ')));

    private void Copy()
    {
        foreach (var set in new[] { "set", "other" })
        {
            Directory.CreateDirectory(_folder[set]);
            foreach (var file in Directory.EnumerateFiles(things.Path(set)))
                File.Copy(file, Path.Combine(_folder[set], Path.GetFileName(file)));
        }

        File.Copy(things.Path("model"), _folder["model"]);
        File.Copy(things.Path("weights.npz"), _folder["weights.npz"]);
    }

    private string[] Files() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", OwnFiles).Order().Select(path => $"{path} {(File.Exists(path) ? Hash(path) : "")}")];

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
