using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Evaluation;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Whole runs that are scored at their end, with the real stores and a stand-in for torch.</summary>
public sealed class ScoredRunTests : ScoredRuns
{
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
        (await File.ReadAllTextAsync(Folder["result/report.html"])).ShouldContain("Robustness by network");
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
        set.Run.Files.Select(file => file.Name).ShouldContain("score.png");
        Directory.GetFiles(Folder["work/runs"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["plan.json"]);

        var verb = await new Scorer(new FolderStore(Folder["verb"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver()).RunAsync(
            new ScoreRequest
            {
                Raw = Raw,
                Enhanced = [Folder["result"]],
                Training = Request.Score!.Architectures.ToDictionary(name => name, Request.Score.OptionsFor),
                Seeds = Request.Score.Seeds,
            },
            await TestSet.ReadAsync(new FolderStore(Folder["p"]), None),
            workers: 2,
            None);
        verb.Rows.ShouldBe(record.Rows);
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
        var run = await File.ReadAllBytesAsync(Folder["result/data.npy"]);
        var adversary = new FakeTrainer();

        var one = await RunAsync(Request with { Score = Request.Score! with { Seeds = [1] } }, adversary);
        adversary.Trainings.ShouldBe(4);
        var two = await RunAsync(Request, adversary);

        adversary.Trainings.ShouldBe(8, "Networks of seed 1 are found in the model store.");
        two.Score.ShouldNotBeNull();
        one.Score.ShouldNotBeNull();
        (await File.ReadAllBytesAsync(Folder["result/data.npy"])).ShouldBe(run);
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
        foreach (var score in tears ? Directory.GetFiles(Folder["work/runs/run/robustness"]) : [])
            await File.WriteAllTextAsync(score, (await File.ReadAllTextAsync(score)).Replace("\"ori\": 100", "\"ori\": 10", StringComparison.Ordinal));
        var adversary = new FakeTrainer();

        await RunAsync(Request, adversary);

        adversary.Trainings.ShouldBe(8 - (failAt - 2));
        var (whole, resumed) = (await File.ReadAllTextAsync(Folder["whole/score.json"]), await File.ReadAllTextAsync(Folder["result/score.json"]));
        resumed.Replace("\"result\"", "\"whole\"", StringComparison.Ordinal).ShouldBe(whole);
    }

    [Fact]
    public async Task Other_test_sets_at_the_same_place_are_scored_again_and_a_score_outlives_its_test_sets()
    {
        await MakeTestSetsAsync();
        await RunAsync(Request);
        Directory.Delete(Folder["p"], recursive: true);
        await MakeTestSetsAsync(seed: 7);
        var other = (await TestSet.ReadAsync(new FolderStore(Folder["p"]), None)).Record.Sha256;
        var adversary = new FakeTrainer();

        var second = await RunAsync(Request, adversary);

        var scored = await Result().ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None);
        scored.TestSha256.ShouldBe(other);
        Directory.Delete(Folder["p"], recursive: true);
        (await RunAsync(Request, adversary)).ShouldBe(second);
        adversary.Trainings.ShouldBe(0, "Networks are found in the model store.");
    }

    [Fact]
    public async Task A_torn_score_is_made_again_and_the_set_is_left_alone()
    {
        await MakeTestSetsAsync();
        var first = await RunAsync(Request);
        await File.WriteAllTextAsync(Folder["result/score.json"], "{");
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
        File.Exists(Folder["result/score.json"]).ShouldBeFalse();
        var adversary = new FakeTrainer();
        (await RunAsync(Request, adversary)).Score.ShouldNotBeNull().Problem.ShouldBeNull();
        adversary.Trainings.ShouldBe(4);
    }

    [Fact]
    public async Task Test_sets_that_a_surrogate_attacked_are_refused_before_anything_is_attacked()
    {
        var surrogate = FakeTrainer.Model(ScoringData.Classes, 8, 0, "one", 0); // what the run trains with its seed 0
        await File.WriteAllBytesAsync(Folder["surrogate"], surrogate);
        await MakeTestSetsAsync([Folder["surrogate"]]);

        (await Should.ThrowAsync<InputException>(() => RunAsync(Request))).Message.ShouldContain("attacked the test images and was a surrogate");

        Directory.Exists(Folder["work/runs/run/shards"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Test_sets_that_leak_an_unknown_network_and_a_missing_P_are_refused_before_a_surrogate_is_trained()
    {
        await MakeTestSetsAsync();
        var leaking = ScoringData.Make(40, 1);
        ScoringData.Make(100, 2).Image(9).CopyTo(leaking.Image(0));
        var other = ScoringData.Write(Folder["other"], leaking);
        var adversary = new FakeTrainer();

        foreach (var (request, problem) in new[]
        {
            (Request with { Dataset = other }, "1 test images exactly"),
            (Request with { RunId = "b", Score = Request.Score! with { Architectures = ["huge"] } }, "There is no architecture huge; there are one, two"),
            (Request with { RunId = "c", Score = Request.Score! with { Test = Folder["raw"] } }, "raw holds no finished test sets"),
            (Request with { RunId = "d", Score = Request.Score! with { Test = Folder["nowhere"] } }, "there is no such file or folder"),
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
        Directory.CreateDirectory(Folder["work/runs/run/shards/corrupted-000000000-000020.bin/in the way"]);

        var lossy = await RunAsync(Request with { MaxFailedShards = 1 });

        lossy.FailedShards.ShouldNotBeNull().ShouldHaveSingleItem().Shard.Count.ShouldBe(20);
        lossy.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        File.Exists(Folder["work/runs/run/shards/adversarial-000000000-000010.bin"]).ShouldBeTrue();

        Directory.Delete(Folder["work/runs/run/shards/corrupted-000000000-000020.bin"], recursive: true);
        var whole = await RunAsync(Request);

        whole.FailedShards.ShouldBeNull();
        whole.Score.ShouldBe(expected.Score);
        Directory.GetFiles(Folder["work/runs"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["plan.json"]);
    }
}
