using System.CommandLine;
using DataCentric.Attacks;
using DataCentric.Cli.Commands;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline;

namespace DataCentric.Cli.Tests;

public sealed class EnhanceOptionsTests
{
    public static TheoryData<string, EnhancementChoices> Lines => new()
    {
        { "", new() },
        { "--profile paper-code --mix paper-code", new() { ["profile"] = "paper-code", ["mix"] = "paper-code" } },
        { "--profile seed --mix seed", new() { ["profile"] = "paper-code", ["mix"] = "paper-code" } },
        {
            "--split 1:1:3 --seed 7 --limit 9 --selection entropy --shard-size 5",
            new() { ["split"] = new Split(1, 1, 3), ["seed"] = 7UL, ["limit"] = 9, ["selection"] = SelectionRule.Entropy, ["shardSize"] = 5 }
        },
        {
            "--selection disagreement --selection-balance none",
            new() { ["selection"] = SelectionRule.Disagreement, ["selectionBalance"] = SelectionBalance.None }
        },
        { "--corruptions cifar --kinds fog,rain --severity 2", new() { ["corruptions"] = "cifar", ["kinds"] = Words("fog", "rain"), ["severity"] = 2 } },
        {
            "--l2-step 1e-3 --smoothing off --attack-batch 8 --ensemble-weights .5,.5",
            new() { ["l2Step"] = 0.001, ["smoothing"] = SmoothingOrder.Off, ["attackBatch"] = 8, ["ensembleWeights"] = new[] { 0.5, 0.5 } }
        },
        { "--architectures a,b --surrogate-epochs 3", new() { ["architectures"] = Words("a", "b"), ["surrogateEpochs"] = 3 } },
        { "--formats cifar,folder --license MIT --data-version 2.0.0", new() { ["formats"] = Words("cifar", "folder"), ["license"] = "MIT", ["dataVersion"] = "2.0.0" } },
        {
            "--score p --score-arch a,b --score-seeds 1,2 --score-epochs 3",
            new() { ["score"] = new ScoringRequest { Test = "p", Architectures = ["a", "b"], Seeds = [1, 2], Epochs = 3 } }
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Switches_make_the_choices_of_their_names(string switches, EnhancementChoices choices)
    {
        var options = new EnhanceOptions();
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Options.Add(option);
        var parsed = command.Parse($"--dataset set --out out {switches}");

        parsed.Errors.ShouldBeEmpty();
        choices["dataset"] = "set";
        Text(Request(options, parsed)).ShouldBe(Text(choices.ToRequest("new")));
    }

    private static string[] Words(params string[] words) => words;

    private static EnhancementRequest Request(EnhanceOptions options, ParseResult parsed)
    {
        var request = options.ToJob(parsed, []).Request;
        return request with { Dataset = Path.GetFileName(request.Dataset), Score = request.Score is { } score ? score with { Test = Path.GetFileName(score.Test) } : null };
    }

    private static string Text(EnhancementRequest request) => System.Text.Json.JsonSerializer.Serialize(request, PipelineJson.Compact);
}
