namespace DataCentric.Cli.Tests;

/// <summary>What is remarkable about a data set is told by the verbs that read it, and the run goes on.</summary>
public sealed class WarningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WarningTests()
    {
        Directory.CreateDirectory(_folder["set"]);
        File.WriteAllBytes(_folder["set/data.npy"], NpyFile.Make("|u1", "(3, 8, 8, 3)", new byte[3 * 192]));
        File.WriteAllBytes(_folder["set/label.npy"], NpyFile.Make("|u1", "(3,)", [1, 2, 3]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("enhance --dataset IN --out OUT --split 1:0:0 --license unknown")]
    [InlineData("corrupt --dataset IN --out OUT --kinds rain,snow")]
    [InlineData("inspect IN")]
    public async Task Classes_without_any_image_are_told_once(string command)
    {
        var result = await Tool.RunAsync([.. command.Split(' ').Select(word => word switch { "IN" => _folder["set"], "OUT" => _folder["out"], _ => word })]);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.Split('\n').Where(line => line.StartsWith("warning", StringComparison.Ordinal)).ShouldBe(
            ["warning 1 of 4 classes has no image: 0. Labels stay as they are, and networks have an output for each class."]);
    }

    [Fact]
    public async Task Test_sets_and_scores_tell_it_of_each_set_by_its_name()
    {
        Directory.CreateDirectory(_folder["raw"]);
        File.WriteAllBytes(_folder["raw/data.npy"], NpyFile.Make("|u1", "(3, 8, 8, 3)", [.. Enumerable.Range(0, 3 * 192).Select(i => (byte)(i * 7))]));
        File.Copy(_folder["set/label.npy"], _folder["raw/label.npy"]);
        await Tool.RunAsync("train", "--dataset", _folder["raw"], "--arch", "vgg_compact", "--epochs", "1", "--seed", "5", "--out", _folder["model"]);

        var tests = await Tool.RunAsync("testset", "--dataset", _folder["set"], "--training", _folder["raw"], "--attackers", _folder["model"], "--raw-network", "vgg_compact", "--attacks", "pgd", "--out", _folder["tests"]);
        var score = await Tool.RunAsync("score", "--test", _folder["tests"], "--raw", _folder["raw"], "--arch", "vgg_compact", "--epochs", "1", "--out", _folder["score"]);

        Told(tests).ShouldBe([_folder["set"], _folder["raw"]]);
        Told(score).ShouldBe([_folder["raw"]]);
        foreach (var result in new[] { tests, score })
            result.Error.ShouldContain("warning The attacked images are weak: vgg_compact, trained on the raw set, is right on ");

        static string[] Told(ToolResult result)
        {
            result.ExitCode.ShouldBe(0, result.Error);
            const string told = ": 1 of 4 classes has no image: 0."; // beside warnings of how weak so small an attack is
            return [.. result.Error.Split('\n').Where(line => line.StartsWith("warning ", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal))
                .Select(line => line["warning ".Length..line.IndexOf(told, StringComparison.Ordinal)])];
        }
    }
}
