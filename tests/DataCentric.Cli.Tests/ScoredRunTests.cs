using System.Text.Json;

namespace DataCentric.Cli.Tests;

/// <summary>Runs that are scored at their end, as users ask for them; the test sets lie on blob storage.</summary>
public sealed class ScoredRunTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly string Raw = RealData.Sample("t10k-images-idx3-ubyte.gz"); // the smaller of the two
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_while_it_is_scored_it_goes_on_and_says_what_the_verb_says()
    {
        var tests = $"{azurite.ConnectionString}Container=scored;Prefix=p";
        await DoneAsync(
            "testset", "--dataset", RealData.Sample("train-images-idx3-ubyte.gz"), "--training", Raw, "--leaks", "drop", "--limit", "60",
            "--attacks", "fgsm", "--attacker-architectures", "mobilenet_compact", "--attacker-epochs", "1", "--raw-network", "vgg_compact", "--out", tests);
        string[] arguments =
        [
            "enhance", "--dataset", Raw, "--out", _folder["out"], "--split", "1:0:1", "--limit", "400", "--score", tests, "--score-arch", "vgg_compact",
            "--score-seeds", "1,2", "--score-epochs", "2", "--workers", "1", "--json",
        ];
        using (var killed = Tool.Start(arguments))
        {
            (await killed.WaitUntilAsync(() => Scored() >= 2)).ShouldBeTrue(killed.ErrorSoFar);
            killed.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        Scored().ShouldBeLessThan(4);
        var output = await DoneAsync(arguments);

        (await DoneAsync(arguments)).ShouldBe(output);
        await DoneAsync("verify", _folder["out"]);
        await DoneAsync(
            "score", "--raw", Raw, "--enhanced", _folder["out"], "--test", tests, "--arch", "vgg_compact", "--seeds", "1,2", "--epochs", "2", "--out", _folder["s"]);
        Rows("s").ShouldBe(Rows("out"));
        JsonDocument.Parse(output).RootElement.GetProperty("score").TryGetProperty("problem", out _).ShouldBeFalse();
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains(azurite.AccountKey));
    }

    [Theory]
    [InlineData("--score-seeds 1", "--score-seeds needs --score")]
    [InlineData("--score P --score-seeds one", "--score-seeds: 'one' is not a whole number")]
    [InlineData("--score P --score-epochs 0", "--score-epochs must be at least 1")]
    [InlineData("--score-init RAW", "--score-init needs --score")]
    [InlineData("--score P --score-init nowhere", "--score-init")]
    [InlineData("--score P --score-arch resnet20 --score-init RAW", "score.architectures cannot be given with score.init, whose models tell theirs.")]
    [InlineData("--score nowhere", "'nowhere': there is no such file or folder")]
    public async Task Wrong_arguments_end_with_2_and_say_what_is_wrong(string arguments, string problem)
    {
        var result = await Tool.RunAsync(["enhance", "--dataset", Raw, "--out", _folder["out"], .. arguments.Split(' ').Select(word => word == "P" ? _folder["p"] : word == "RAW" ? Raw : word)]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(problem);
    }

    private int Scored() => Directory.Exists(_folder["out/.datacentric"])
        ? Directory.GetFiles(_folder["out/.datacentric"], "*-seed*.json", SearchOption.AllDirectories).Count(file => file.Contains("robustness"))
        : 0;

    private string Rows(string folder) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder[folder], "score.json"))).RootElement.GetProperty("rows").GetRawText();

    private static async Task<string> DoneAsync(params string[] args)
    {
        var result = await Tool.RunAsync(args);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }
}
