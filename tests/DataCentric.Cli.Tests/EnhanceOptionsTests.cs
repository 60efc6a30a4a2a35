using System.CommandLine;
using DataCentric.Cli.Commands;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline;

namespace DataCentric.Cli.Tests;

public sealed class EnhanceOptionsTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("--profile paper-code --mix paper-code", """{ "profile": "paper-code", "mix": "paper-code" }""")]
    [InlineData("--profile seed --mix seed", """{ "profile": "paper-code", "mix": "paper-code" }""")]
    [InlineData("--split 1:1:3 --seed 7 --limit 9 --selection entropy --shard-size 5", """{ "split": "1:1:3", "seed": 7, "limit": 9, "selection": "entropy", "shardSize": 5 }""")]
    [InlineData("--corruptions cifar --kinds fog,rain --severity 2", """{ "corruptions": "cifar", "kinds": ["fog", "rain"], "severity": 2 }""")]
    [InlineData("--l2-step 1e-3 --smoothing off --attack-batch 8 --ensemble-weights .5,.5", """{ "l2Step": 0.001, "smoothing": "off", "attackBatch": 8, "ensembleWeights": [0.5, 0.5] }""")]
    [InlineData("--architectures a,b --surrogate-epochs 3", """{ "architectures": ["a", "b"], "surrogateEpochs": 3 }""")]
    [InlineData("--formats cifar,folder --license MIT --data-version 2.0.0", """{ "formats": ["cifar", "folder"], "license": "MIT", "dataVersion": "2.0.0" }""")]
    [InlineData("--score p --score-arch a,b --score-seeds 1,2 --score-epochs 3", """{ "score": { "test": "p", "architectures": ["a", "b"], "seeds": [1, 2], "epochs": 3 } }""")]
    public void Switches_ask_for_what_the_same_options_in_JSON_ask_for(string switches, string json)
    {
        var options = new EnhanceOptions();
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Options.Add(option);
        var parsed = command.Parse($"--dataset set --out out {switches}");

        parsed.Errors.ShouldBeEmpty();
        var choices = ChoicesJson.Read(json, []);
        choices["dataset"] = "set";
        Text(Request(options, parsed)).ShouldBe(Text(choices.ToRequest("new")));
    }

    private static EnhancementRequest Request(EnhanceOptions options, ParseResult parsed)
    {
        var request = options.ToJob(parsed).Request;
        return request with { Dataset = Path.GetFileName(request.Dataset), Score = request.Score is { } score ? score with { Test = Path.GetFileName(score.Test) } : null };
    }

    private static string Text(EnhancementRequest request) => System.Text.Json.JsonSerializer.Serialize(request, PipelineJson.Compact);
}
