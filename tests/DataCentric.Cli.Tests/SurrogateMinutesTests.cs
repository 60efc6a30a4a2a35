using System.Text.Json;

namespace DataCentric.Cli.Tests;

/// <summary><c>enhance --surrogate-minutes</c>.</summary>
public sealed class SurrogateMinutesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _sample = RealData.Sample("train-images-idx3-ubyte.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Surrogates_are_trained_for_minutes_and_the_same_command_again_is_the_same_run()
    {
        string[] command = ["enhance", "--dataset", _sample, "--out", _folder["a"], "--limit", "128", "--iterations", "1", "--json", "--surrogate-minutes"];

        var (brief, longer) = (await EpochsAsync("0.005"), await EpochsAsync("0.2"));
        var first = await RunAsync([.. command, "0.05"]);
        var second = await RunAsync([.. command, "0.05"]);

        brief.ShouldBe(1);
        longer.ShouldBeInRange(2, 200);
        RunOf(second).ShouldBe(RunOf(first));
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["a"], "run.json")));
        record.RootElement.GetProperty("request").GetProperty("surrogates").GetProperty("epochs").GetInt32().ShouldBeInRange(1, longer);

        async Task<int> EpochsAsync(string minutes)
        {
            using var estimate = JsonDocument.Parse((await RunAsync([.. command, minutes, "--dry-run"])).Output);
            return estimate.RootElement.GetProperty("surrogateEpochs").GetInt32();
        }

        static string? RunOf(ToolResult run)
        {
            using var summary = JsonDocument.Parse(run.Output);
            return summary.RootElement.GetProperty("runId").GetString();
        }
    }

    [Theory]
    [InlineData("0", "above 0")]
    [InlineData("1 --surrogate-epochs 2", "--surrogate-minutes cannot be given with --surrogate-epochs")]
    [InlineData("1 --surrogate-models a.safetensors", "--surrogate-minutes cannot be given with --surrogate-models")]
    [InlineData("1 --resume", "--surrogate-minutes cannot be given with --resume")]
    public async Task Minutes_that_contradict_another_option_are_refused(string switches, string reason)
    {
        var run = await Tool.RunAsync(["enhance", "--out", _folder["a"], "--surrogate-minutes", .. switches.Split(' '), .. switches.Contains("resume") ? Array.Empty<string>() : ["--dataset", _sample]]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(reason);
    }

    private static async Task<ToolResult> RunAsync(string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result;
    }
}
