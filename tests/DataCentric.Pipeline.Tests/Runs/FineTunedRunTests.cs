using System.Security.Cryptography;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Evaluation;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Runs whose networks of the score begin with trained ones.</summary>
public sealed class FineTunedRunTests : ScoredRuns
{
    [Fact]
    public async Task Networks_that_begin_with_models_are_scored_as_the_verb_scores_them()
    {
        await MakeTestSetsAsync();
        byte[][] models = [FakeTrainer.Model(7, 40, 0, "two", 5), FakeTrainer.Model(9, 30, 0, "one", 6)]; // for other classes and images
        var files = new List<string>();
        var names = new List<string>();
        foreach (var model in models)
        {
            files.Add(Folder[$"model-{files.Count}"]);
            await File.WriteAllBytesAsync(files[^1], model);
            names.Add(await StoreAsync(model));
        }

        var scoring = new ScoringRequest { Test = Folder["p"], Init = names, Epochs = 2 };
        var adversary = new FakeTrainer();
        var summary = await RunAsync(Request with { Score = scoring }, adversary);

        summary.Score.ShouldNotBeNull().Problem.ShouldBeNull();
        adversary.Initial.Select(Convert.ToHexString).Distinct().ShouldBe(models.Select(Convert.ToHexString), ignoreOrder: true);
        adversary.Initial.Count.ShouldBe(4, "Two networks, each on the raw and on the enhanced set; the surrogate begins untrained.");
        var record = await Result().ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, None);
        record.Initial.ShouldBe(new Dictionary<string, string> { ["two"] = HashIn(names[0]), ["one"] = HashIn(names[1]) }, ignoreOrder: true);
        record.Training!["two"].ShouldSatisfyAllConditions(training => training.Epochs.ShouldBe(2), training => training.BatchSize.ShouldBe(16), training => training.LearningRate.ShouldBe(0.005));
        (await EnhancedSet.OpenAsync(Result(), None)).Run.Request.Score!.Init.ShouldBe(names);

        var verb = await new Scorer(new FolderStore(Folder["verb"]), new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver()).RunAsync(
            new ScoreRequest { Raw = Raw, Enhanced = [Folder["result"]], Training = new[] { "two", "one" }.ToDictionary(name => name, scoring.OptionsFor), Init = files },
            await TestSet.ReadAsync(new FolderStore(Folder["p"]), None),
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
            names.Add(await StoreAsync(model));

        var adversary = new FakeTrainer();
        (await Should.ThrowAsync<Exception>(() => RunAsync(Request with { Score = new ScoringRequest { Test = Folder["p"], Init = names } }, adversary)))
            .Message.ShouldContain("is the second two; a score tells networks apart by their architecture");
        adversary.Trainings.ShouldBe(0);
    }

    /// <summary>Puts a model file into the model store.</summary>
    /// <returns>Its name there.</returns>
    private async Task<string> StoreAsync(byte[] model)
    {
        var name = ImportedModel.NameOf(Convert.ToHexStringLower(SHA256.HashData(model)));
        await new FolderStore(Folder["work"]).WriteAllBytesAsync(name, model, None);
        return name;
    }
}
