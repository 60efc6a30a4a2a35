using System.Text.Json;
using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary><c>enhance --options</c>: the options of another run.</summary>
public sealed class OptionsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_record_of_a_run_makes_the_same_run_and_what_is_said_beside_it_goes_before()
    {
        TinyRun.WriteDataset(_folder["set"], classes: 2, count: 40);
        var first = await Tool.RunAsync("enhance", "--dataset", _folder["set"], "--out", _folder["A"], "--split", "1:0:2", "--seed", "5", "--kinds", "rain,snow", "--json");
        first.ExitCode.ShouldBe(0, first.Error);

        var again = await DryRunAsync("--options", _folder["A/run.json"]);
        var other = await DryRunAsync("--options", _folder["A/run.json"], "--kinds", "rain");

        again.GetProperty("runId").GetString().ShouldBe(JsonDocument.Parse(first.Output).RootElement.GetProperty("runId").GetString());
        again.GetProperty("kinds").EnumerateObject().Select(kind => kind.Name).ShouldBe(["rain", "snow"], ignoreOrder: true);
        other.GetProperty("kinds").EnumerateObject().Select(kind => kind.Name).ShouldBe(["rain"]);
        other.GetProperty("corrupted").GetInt32().ShouldBe(again.GetProperty("corrupted").GetInt32());
    }

    [Theory]
    [InlineData("{ \"limti\": 3 }", "limti")]
    [InlineData("{ \"limit\": 3 }", "--dataset")]
    [InlineData("{ \"dataset\": \"set\", \"surrogateModels\": [\"imported/a\"] }", "--surrogate-models")]
    [InlineData("{ \"formatVersion\": 1, \"request\": { \"dataset\": 3 } }", "request")]
    [InlineData("{ \"formatVersion\": 1, \"request\": null }", "null")]
    [InlineData("no json", "not JSON")]
    public async Task What_is_wrong_in_the_file_is_said(string text, string expected)
    {
        File.WriteAllText(_folder["options.json"], text);

        var result = await Tool.RunAsync("enhance", "--options", _folder["options.json"], "--out", _folder["A"]);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(expected);
        result.Error.ShouldNotContain("should not have");
    }

    private async Task<JsonElement> DryRunAsync(params string[] options)
    {
        var result = await Tool.RunAsync(["enhance", .. options, "--out", _folder["B"], "--dry-run", "--json"]);
        result.ExitCode.ShouldBe(0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
