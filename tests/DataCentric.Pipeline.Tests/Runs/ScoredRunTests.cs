using System.Security.Cryptography;
using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Evaluation;
using DataCentric.Pipeline.Tests.Faults;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Whole runs that are scored at their end, with the real stores and a stand-in for torch.</summary>
public sealed class ScoredRunTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();
    private readonly string _raw;

    public ScoredRunTests()
    {
        _raw = ScoringData.Write(_folder["raw"], ScoringData.Make(40, 1));
        ScoringData.Write(_folder["test"], ScoringData.Make(100, 2));
    }

    private EnhancementRequest Request => new()
    {
        RunId = "run",
        Dataset = _raw,
        Split = new Split(1, 1, 2),
        Attack = AttackProfiles.Compact.Attack with { BatchSize = 8, L2Epsilon = 3 }, // The stand-in moves images far.
        Surrogates = new SurrogateOptions { Architectures = ["one"], Epochs = 1 },
        Score = new ScoringRequest { Test = _folder["p"], Architectures = ["one", "two"], Seeds = [1, 2], Epochs = 1 },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_published_set_is_scored_as_the_verb_scores_it_and_its_report_shows_it()
    {
        await MakeTestSetsAsync();

        var summary = await RunAsync(Request);

        var set = await EnhancedSet.OpenAsync(Result(), None);
        var record = await Result().ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None);
        summary.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        set.Run.Score.ShouldBe(summary.Score);
        record.Networks.Select(network => (network.Variant, network.Seed, network.Model.Architecture)).ShouldBe(
            from variant in new[] { "raw", "enhanced" } from seed in new ulong[] { 1, 2 } from architecture in new[] { "one", "two" } select (variant, seed, architecture));
        record.Rows.Single(row => row is { Variant: "enhanced", Architecture: null }).Score.Mean.ShouldBe(summary.Score!.Enhanced!.Value);
        (await File.ReadAllTextAsync(_folder["result/report.html"])).ShouldContain("Robustness by network");
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
        set.Run.Files.Select(file => file.Name).ShouldContain("score.png");
        Directory.GetFiles(_folder["work/runs"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["plan.json"]);

        var verb = await new Scorer(new FolderStore(_folder["verb"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver()).RunAsync(
            new ScoreRequest
            {
                Raw = _raw,
                Enhanced = [_folder["result"]],
                Training = Request.Score!.Architectures.ToDictionary(name => name, Request.Score.OptionsFor),
                Seeds = Request.Score.Seeds,
            },
            await TestSet.ReadAsync(new FolderStore(_folder["p"]), None),
            workers: 2,
            None);
        verb.Rows.ShouldBe(record.Rows);
    }

    [Fact]
    public async Task Networks_that_begin_with_models_are_scored_as_the_verb_scores_them()
    {
        await MakeTestSetsAsync();
        byte[][] models = [FakeTrainer.Model(7, 40, 0, "two", 5), FakeTrainer.Model(9, 30, 0, "one", 6)]; // for other classes and images
        var files = new List<string>();
        var names = new List<string>();
        foreach (var model in models)
        {
            files.Add(_folder[$"model-{files.Count}"]);
            await File.WriteAllBytesAsync(files[^1], model);
            names.Add(ImportedModel.NameOf(Convert.ToHexStringLower(SHA256.HashData(model))));
            await new FolderStore(_folder["work"]).WriteAllBytesAsync(names[^1], model, None);
        }

        var scoring = new ScoringRequest { Test = _folder["p"], Init = names, Epochs = 2 };
        var adversary = new FakeTrainer();
        var summary = await RunAsync(Request with { Score = scoring }, adversary);

        summary.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        adversary.Initial.Select(Convert.ToHexString).Distinct().ShouldBe(models.Select(Convert.ToHexString), ignoreOrder: true);
        adversary.Initial.Count.ShouldBe(4, "Two networks, each on the raw and on the enhanced set; the surrogate begins untrained.");
        var record = await Result().ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None);
        record.Initial.ShouldBe(new Dictionary<string, string> { ["two"] = HashIn(names[0]), ["one"] = HashIn(names[1]) }, ignoreOrder: true);
        record.Training!["two"].ShouldSatisfyAllConditions(training => training.Epochs.ShouldBe(2), training => training.BatchSize.ShouldBe(16), training => training.LearningRate.ShouldBe(0.005));
        (await EnhancedSet.OpenAsync(Result(), None)).Run.Request.Score!.Init.ShouldBe(names);

        var verb = await new Scorer(new FolderStore(_folder["verb"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver()).RunAsync(
            new ScoreRequest { Raw = _raw, Enhanced = [_folder["result"]], Training = new[] { "two", "one" }.ToDictionary(name => name, scoring.OptionsFor), Init = files },
            await TestSet.ReadAsync(new FolderStore(_folder["p"]), None),
            workers: 2,
            None);
        verb.Rows.ShouldBe(record.Rows);
        verb.Initial.ShouldBe(record.Initial!, ignoreOrder: true);
        (await RunAsync(Request with { Score = scoring }, new FakeTrainer { FailTrainingAt = 1 })).ShouldBe(summary);

        static string HashIn(string name) => Path.GetFileNameWithoutExtension(name)["brought-".Length..];
    }

    [Fact]
    public async Task Two_models_of_one_architecture_are_told_before_anything_is_trained()
    {
        await MakeTestSetsAsync();
        var names = new List<string>();
        foreach (var model in new[] { FakeTrainer.Model(7, 40, 0, "two", 5), FakeTrainer.Model(7, 40, 0, "two", 6) })
        {
            names.Add(ImportedModel.NameOf(Convert.ToHexStringLower(SHA256.HashData(model))));
            await new FolderStore(_folder["work"]).WriteAllBytesAsync(names[^1], model, None);
        }

        var adversary = new FakeTrainer();
        (await Should.ThrowAsync<Exception>(() => RunAsync(Request with { Score = new ScoringRequest { Test = _folder["p"], Init = names } }, adversary)))
            .Message.ShouldContain("is the second two; a score tells networks apart by their architecture");
        adversary.Trainings.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_start_does_nothing_and_says_the_same()
    {
        await MakeTestSetsAsync();
        var first = await RunAsync(Request);
        var adversary = new FakeTrainer();

        (await RunAsync(Request, adversary)).ShouldBe(first);
        (await RunAsync(Request with { Score = null }, adversary)).ShouldBe(first);

        adversary.Trainings.ShouldBe(0);
    }

    [Fact]
    public async Task A_finished_set_can_be_scored_later_and_otherwise_than_it_was()
    {
        await MakeTestSetsAsync();
        (await RunAsync(Request with { Score = null })).Score.ShouldBeNull();
        var run = await File.ReadAllBytesAsync(_folder["result/data.npy"]);
        var adversary = new FakeTrainer();

        var one = await RunAsync(Request with { Score = Request.Score! with { Seeds = [1] } }, adversary);
        adversary.Trainings.ShouldBe(4);
        var two = await RunAsync(Request, adversary);

        adversary.Trainings.ShouldBe(8, "Networks of seed 1 are found in the model store.");
        two.Score.ShouldNotBeNull();
        one.Score.ShouldNotBeNull();
        (await File.ReadAllBytesAsync(_folder["result/data.npy"])).ShouldBe(run);
    }

    [Theory]
    [InlineData(2, false)] // the first scored network: the surrogate is trained before
    [InlineData(6, false)]
    [InlineData(6, true)]
    public async Task A_run_that_was_stopped_while_it_was_scored_trains_only_what_is_left_and_ends_with_the_same_bytes(int failAt, bool tears)
    {
        await MakeTestSetsAsync();
        await RunAsync(Request, output: "whole");
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(Request, new() { FailTrainingAt = failAt }, workers: 1));
        foreach (var score in tears ? Directory.GetFiles(_folder["work/runs/run/robustness"]) : [])
            await File.WriteAllTextAsync(score, (await File.ReadAllTextAsync(score)).Replace("\"ori\": 100", "\"ori\": 10", StringComparison.Ordinal));
        var adversary = new FakeTrainer();

        await RunAsync(Request, adversary);

        adversary.Trainings.ShouldBe(8 - (failAt - 2));
        var (whole, resumed) = (await File.ReadAllTextAsync(_folder["whole/score.json"]), await File.ReadAllTextAsync(_folder["result/score.json"]));
        resumed.Replace("\"result\"", "\"whole\"", StringComparison.Ordinal).ShouldBe(whole);
    }

    [Fact]
    public async Task Other_test_sets_at_the_same_place_are_scored_again_and_a_score_outlives_its_test_sets()
    {
        await MakeTestSetsAsync();
        await RunAsync(Request);
        Directory.Delete(_folder["p"], recursive: true);
        await MakeTestSetsAsync(seed: 7);
        var other = (await TestSet.ReadAsync(new FolderStore(_folder["p"]), None)).Record.Sha256;
        var adversary = new FakeTrainer();

        var second = await RunAsync(Request, adversary);

        var scored = await Result().ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None);
        scored.TestSha256.ShouldBe(other);
        Directory.Delete(_folder["p"], recursive: true);
        (await RunAsync(Request, adversary)).ShouldBe(second);
        adversary.Trainings.ShouldBe(0, "Networks are found in the model store.");
    }

    [Fact]
    public async Task A_torn_score_is_made_again_and_the_set_is_left_alone()
    {
        await MakeTestSetsAsync();
        var first = await RunAsync(Request);
        await File.WriteAllTextAsync(_folder["result/score.json"], "{");
        var adversary = new FakeTrainer();

        (await RunAsync(Request, adversary)).ShouldBe(first);

        adversary.Trainings.ShouldBe(0);
        (await EnhancedSet.OpenAsync(Result(), None)).Run.Files.Count(file => file.Name == ResultFiles.Score).ShouldBe(1);
    }

    [Fact]
    public async Task A_network_that_fails_is_told_and_the_set_stays_and_the_next_start_goes_on()
    {
        await MakeTestSetsAsync();

        var summary = await RunAsync(Request, new() { Broken = "two" }, workers: 1);

        summary.Count.ShouldBe(40);
        summary.Score.ShouldNotBeNull().Problem.ShouldNotBeNull().ShouldContain("4 of 8 parts of stage Robustness failed; the first: network raw-two-seed1: no memory");
        (await (await EnhancedSet.OpenAsync(Result(), None)).VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
        File.Exists(_folder["result/score.json"]).ShouldBeFalse();
        var adversary = new FakeTrainer();
        (await RunAsync(Request, adversary)).Score.ShouldNotBeNull().Problem.ShouldBeNull();
        adversary.Trainings.ShouldBe(4);
    }

    [Fact]
    public async Task Test_sets_that_a_surrogate_attacked_are_refused_before_anything_is_attacked()
    {
        var surrogate = FakeTrainer.Model(ScoringData.Classes, 8, 0, "one", 0); // what the run trains with its seed 0
        await File.WriteAllBytesAsync(_folder["surrogate"], surrogate);
        await MakeTestSetsAsync([_folder["surrogate"]]);

        (await Should.ThrowAsync<InputException>(() => RunAsync(Request))).Message.ShouldContain("attacked the test images and was a surrogate");

        Directory.Exists(_folder["work/runs/run/shards"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Test_sets_that_leak_an_unknown_network_and_a_missing_P_are_refused_before_a_surrogate_is_trained()
    {
        await MakeTestSetsAsync();
        var leaking = ScoringData.Make(40, 1);
        ScoringData.Make(100, 2).Image(9).CopyTo(leaking.Image(0));
        var other = ScoringData.Write(_folder["other"], leaking);
        var adversary = new FakeTrainer();

        foreach (var (request, problem) in new[]
        {
            (Request with { Dataset = other }, "1 test images exactly"),
            (Request with { RunId = "b", Score = Request.Score! with { Architectures = ["huge"] } }, "There is no architecture huge; there are one, two"),
            (Request with { RunId = "c", Score = Request.Score! with { Test = _folder["raw"] } }, "raw holds no finished test sets"),
            (Request with { RunId = "d", Score = Request.Score! with { Test = _folder["nowhere"] } }, "there is no such file or folder"),
        })
        {
            (await Should.ThrowAsync<InputException>(() => RunAsync(request, adversary))).Message.ShouldContain(problem);
        }

        adversary.Trainings.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_lost_a_shard_keeps_its_work_and_is_scored_anew_when_it_is_whole()
    {
        await MakeTestSetsAsync();
        var expected = await RunAsync(Request, output: "undisturbed");
        Directory.CreateDirectory(_folder["work/runs/run/shards/corrupted-000000000-000020.bin/in the way"]);

        var lossy = await RunAsync(Request with { MaxFailedShards = 1 });

        lossy.FailedShards.ShouldNotBeNull().ShouldHaveSingleItem().Shard.Count.ShouldBe(20);
        lossy.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        File.Exists(_folder["work/runs/run/shards/adversarial-000000000-000010.bin"]).ShouldBeTrue();

        Directory.Delete(_folder["work/runs/run/shards/corrupted-000000000-000020.bin"], recursive: true);
        var whole = await RunAsync(Request);

        whole.FailedShards.ShouldBeNull();
        whole.Score.ShouldBe(expected.Score);
        Directory.GetFiles(_folder["work/runs"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["plan.json"]);
    }

    private FolderStore Result() => new(_folder["result"]);

    private async Task MakeTestSetsAsync(IReadOnlyList<string>? attackers = null, ulong seed = 0)
    {
        var options = new TestSetOptions { Seed = seed, Attackers = new() { Architectures = ["two"] }, RawNetwork = "two" };
        await new TestSetBuilder(new FolderStore(_folder["p"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver())
            .MakeAsync(new(_folder["test"], [_raw], options) { Attackers = attackers ?? [] }, 2, None);
    }

    private async Task<EnhancementSummary> RunAsync(EnhancementRequest request, FakeTrainer? adversary = null, string output = "result", int workers = 2)
    {
        var work = new FolderStore(_folder[output == "result" ? "work" : output + "-work"]);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new PipelineStores(work, work, _ => new FolderStore(_folder[output])))
            .AddSingleton<IDatasetLocator, LocalDatasetLocator>()
            .AddSingleton<IAdversary>(adversary ?? new FakeTrainer())
            .AddPipeline()
            .BuildServiceProvider();
        return await EnhancementWorkflow.RunAsync(new InProcessContext(services, new JumpingTime(), new Unwatched(), workers, None), request);
    }

    private sealed class Unwatched : IWorkflowObserver
    {
        public void Report(WorkflowProgress progress)
        {
        }
    }
}
