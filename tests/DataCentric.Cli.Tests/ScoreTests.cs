using System.Text.Json;

namespace DataCentric.Cli.Tests;

public sealed class ScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Test_sets_are_made_and_networks_trained_and_scored()
    {
        var raw = RealData.Sample("t10k-images-idx3-ubyte.gz"); // the smaller of the two
        await RunAsync(
            "testset", "--dataset", RealData.Sample("train-images-idx3-ubyte.gz"), "--training", raw, "--leaks", "drop", "--limit", "60",
            "--attacks", "fgsm", "--attacker-architectures", "mobilenet_compact", "--attacker-epochs", "1", "--raw-network", "vgg_compact", "--out", _folder["p"]);
        await RunAsync("corrupt", "--dataset", raw, "--kinds", "jpeg", "--out", _folder["c"]);

        var output = await RunAsync(
            "score", "--raw", raw, "--enhanced", Path.Combine(_folder["c"], "jpeg"), "--test", _folder["p"], "--arch", "vgg_compact", "--epochs", "3", "--out", _folder["s"], "--json");

        using var record = JsonDocument.Parse(output);
        var rows = record.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        rows.Length.ShouldBe(4);
        rows.ShouldAllBe(row => row.GetProperty("ori").GetProperty("mean").GetDouble() > 20); // ten classes
        File.Exists(_folder["s/score.png"]).ShouldBeTrue();
        File.Exists(_folder["s/score.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Wrong_arguments_of_score_end_with_2_and_say_what_is_wrong()
    {
        var missing = await Tool.RunAsync("score", "--raw", "x", "--test", _folder["none"], "--out", _folder["s"]);
        var both = await Tool.RunAsync("score", "--raw", "x", "--models", "y", "--test", _folder["none"], "--out", _folder["s"]);
        var attack = await Tool.RunAsync("testset", "--dataset", RealData.Sample("t10k-images-idx3-ubyte.gz"), "--attacks", "huge", "--out", _folder["p"]);

        missing.ShouldSatisfyAllConditions(result => result.ExitCode.ShouldBe(2), result => result.Error.ShouldContain("holds no finished test sets"));
        both.ShouldSatisfyAllConditions(result => result.ExitCode.ShouldBe(2), result => result.Error.ShouldContain("either data sets to train on, or model files"));
        attack.ShouldSatisfyAllConditions(result => result.ExitCode.ShouldBe(2), result => result.Error.ShouldContain("Profile 'huge'"));
    }

    private static async Task<string> RunAsync(params string[] args)
    {
        var result = await Tool.RunAsync(args);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }
}
