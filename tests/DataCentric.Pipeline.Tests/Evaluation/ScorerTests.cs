using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;

namespace DataCentric.Pipeline.Tests.Evaluation;

public sealed class ScorerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _raw;
    private readonly string _enhanced;

    public ScorerTests()
    {
        var raw = ScoringData.Make(40, 1);
        _raw = ScoringData.Write(_folder["raw"], raw);
        _enhanced = ScoringData.Write(_folder["enhanced"], ScoringData.Enhance(raw));
        ScoringData.Write(_folder["test"], ScoringData.Make(100, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Networks_of_an_enhanced_set_gain_what_they_see_through()
    {
        var record = await ScoreAsync(Request());

        record.Variants.Select(variant => variant.Name).ShouldBe(["raw", "enhanced"]);
        record.Networks.Count.ShouldBe(8);
        record.Strength!.Attackers.Single().ShouldBe(new NetworkStrength("two", 100, 25));
        record.Networks.ShouldAllBe(network => network.Accuracies.Ori == 100);
        record.Networks.ShouldAllBe(network => network.Variant == "raw" ? network.Accuracies.Adv < 30 : network.Accuracies.Adv == 100);
        var mean = record.Rows.Single(row => row is { Variant: "enhanced", Architecture: null });
        mean.Gain!.Mean.ShouldBe(mean.Score.Mean - record.Rows.Single(row => row is { Variant: "raw", Architecture: null }).Score.Mean, 1e-9);
        mean.Gain.Mean.ShouldBeGreaterThan(20);
        record.Networks[0].Attacks.Keys.ShouldBe(["bsr", "compact", "pgd"]);
        record.Networks[0].Kinds.Count.ShouldBe(29);
        record.Networks.ShouldAllBe(network => Math.Abs(((network.SeenKinds!.Value + network.UnseenKinds!.Value) / 2) - network.Accuracies.Cor) < 1e-9);
        (await new FolderStore(_folder["out"]).ReadJsonAsync<ScoreRecord>(Scorer.RecordName, PipelineJson.Indented, CancellationToken.None)).Rows.ShouldBe(record.Rows);
    }

    [Fact]
    public async Task Networks_that_are_attacked_themselves_are_told_apart_from_R()
    {
        var plain = await ScoreAsync(Request());
        var adversary = new FakeTrainer();

        var record = await ScoreAsync(Request() with { WhiteBox = true }, adversary);

        adversary.Trainings.ShouldBe(0);
        plain.Groups.ShouldNotContain(group => group.Part == "white-box");
        record.Rows.ShouldBe(plain.Rows);
        record.Networks.ShouldAllBe(network => network.Variant == "raw" ? network.WhiteBox < 30 : network.WhiteBox == 100);
        var group = record.Groups.Single(group => group.Part == "white-box");
        (group.Count, group.Means["enhanced"]).ShouldBe((100, 100));
        (await ScoreAsync(Request())).Groups.Select(told => told.Name).ShouldBe(plain.Groups.Select(told => told.Name));
        group.Means["raw"].ShouldBe(record.Networks.Where(network => network.Variant == "raw").Average(network => network.WhiteBox!.Value), 1e-9);
    }

    [Fact]
    public async Task A_stopped_score_trains_only_what_is_left_and_gives_the_same_record()
    {
        await ScoreAsync(Request(), output: "whole");
        await Should.ThrowAsync<OperationCanceledException>(() => ScoreAsync(Request(), new() { FailAt = 5 }, workers: 1));
        var adversary = new FakeTrainer();

        await ScoreAsync(Request(), adversary, workers: 3);

        adversary.Trainings.ShouldBe(4);
        (await File.ReadAllBytesAsync(_folder["out/score.json"])).ShouldBe(await File.ReadAllBytesAsync(_folder["whole/score.json"]));
    }

    [Theory]
    [InlineData("networks/raw-one-seed1.json", 1)]
    [InlineData("networks/enhanced-two-seed2.safetensors", 1)]
    [InlineData("scores/*", 0)]
    public async Task What_was_torn_or_changed_is_made_again(string pattern, int trainings)
    {
        await ScoreAsync(Request());
        var expected = await File.ReadAllBytesAsync(_folder["out/score.json"]);
        foreach (var file in Directory.GetFiles(_folder["out"], pattern))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[^4] ^= 1; // a digit, a brace, a weight
            await File.WriteAllBytesAsync(file, bytes);
        }

        var adversary = new FakeTrainer();
        await ScoreAsync(Request(), adversary);

        adversary.Trainings.ShouldBe(trainings);
        (await File.ReadAllBytesAsync(_folder["out/score.json"])).ShouldBe(expected);
    }

    [Fact]
    public async Task A_score_of_which_one_digit_was_changed_is_made_again()
    {
        await ScoreAsync(Request());
        var expected = await File.ReadAllBytesAsync(_folder["out/score.json"]);
        foreach (var file in Directory.GetFiles(_folder["out/scores"]))
        {
            var text = await File.ReadAllTextAsync(file);
            text.ShouldContain("\"ori\": 100");
            await File.WriteAllTextAsync(file, text.Replace("\"ori\": 100", "\"ori\": 101", StringComparison.Ordinal));
        }

        await ScoreAsync(Request());

        (await File.ReadAllBytesAsync(_folder["out/score.json"])).ShouldBe(expected);
    }

    [Fact]
    public async Task A_score_of_an_earlier_version_that_does_not_say_which_images_were_right_is_made_again()
    {
        await ScoreAsync(Request());
        var expected = await File.ReadAllBytesAsync(_folder["out/score.json"]);
        var scores = new FolderStore(_folder["out/scores"]);
        foreach (var name in Directory.GetFiles(_folder["out/scores"]).Select(file => Path.GetFileName(file)))
        {
            var score = await scores.TryReadSealedAsync<NetworkScore>(name, PipelineJson.Indented, CancellationToken.None);
            await scores.WriteSealedAsync(name, score! with { Right = null, Counts = null }, PipelineJson.Indented, CancellationToken.None);
        }

        var adversary = new FakeTrainer();
        await ScoreAsync(Request(), adversary);

        adversary.Trainings.ShouldBe(0);
        (await File.ReadAllBytesAsync(_folder["out/score.json"])).ShouldBe(expected);
    }

    [Fact]
    public async Task Each_figure_has_its_number_of_test_images_and_its_interval()
    {
        var record = await ScoreAsync(Request());

        record.TestCount.ShouldBe(100);
        record.Groups.Where(group => group.Part == "adv").ShouldSatisfyAllConditions(
            groups => groups.Select(group => group.Name).ShouldBe(["bsr", "compact", "pgd"], ignoreOrder: true),
            groups => groups.Sum(group => group.Count).ShouldBe(100));
        var corrupted = record.Groups.Where(group => group.Part == "cor").ToArray();
        corrupted[..2].Select(group => (group.Name, group.Count)).ShouldBe([("kinds of CIFAR-10-C", 50), ("unseen kinds (C-bar)", 50)]);
        corrupted[2..].Length.ShouldBe(29);
        corrupted[2..].Sum(group => group.Count).ShouldBe(100);
        corrupted[0].Means["raw"].ShouldBe(record.Networks.Where(network => network.Variant == "raw").Average(network => network.SeenKinds!.Value), 1e-9);
        record.Networks.ShouldAllBe(network => network.Counts == null
            && network.Right!.Count == 100
            && network.Right.Unpack(network.Right.Adv).Sum() == network.Accuracies.Adv
            && network.Right.Unpack(network.Right.Cor).Sum() == network.Accuracies.Cor);
        record.Rows.ShouldAllBe(row => row.Score.Low <= row.Score.Mean && row.Score.High >= row.Score.Mean);
        record.Rows.ShouldAllBe(row => !row.IsWithinNoise);
    }

    [Fact]
    public async Task Brought_networks_are_compared_with_the_baseline()
    {
        await File.WriteAllBytesAsync(_folder["plain"], FakeTrainer.Model(ScoringData.Classes, 8, 0, "one", 1));
        await File.WriteAllBytesAsync(_folder["robust"], FakeTrainer.Model(ScoringData.Classes, 8, 1, "one", 1));

        var record = await ScoreAsync(new() { Models = [_folder["robust"]], BaselineModels = [_folder["plain"]], Measure = ScoreMeasure.Competition });

        record.Variants.Select(variant => variant.Name).ShouldBe(["baseline", "models"]);
        record.Rows.Single(row => row is { Variant: "models", Architecture: "one" }).Gain!.Mean.ShouldBeGreaterThan(20);
        record.Rows[0].Score.Mean.ShouldBe(record.Networks[0].Accuracies.Pooled);
    }

    [Theory]
    [InlineData(ScoringData.Classes, 16, "images of 16x16")]
    [InlineData(7, 8, "for 7 classes")]
    public async Task A_network_for_other_images_is_refused(int classes, int side, string expected)
    {
        await File.WriteAllBytesAsync(_folder["model"], FakeTrainer.Model(classes, side, 0, "one", 1));

        (await Should.ThrowAsync<InputException>(() => ScoreAsync(new() { Models = [_folder["model"]] }))).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task An_enhanced_set_with_other_labels_is_refused()
    {
        var raw = ScoringData.Make(40, 1);
        (raw.Labels[5], raw.Labels[6]) = (raw.Labels[6], raw.Labels[5]);
        ScoringData.Write(_enhanced, raw);

        (await Should.ThrowAsync<InputException>(() => ScoreAsync(Request()))).Message.ShouldContain("image 5 has label");
    }

    [Fact]
    public async Task A_raw_set_that_holds_test_images_is_refused_even_if_the_test_set_never_saw_it()
    {
        var other = ScoringData.Make(40, 3);
        ScoringData.Make(100, 2).Image(9).CopyTo(other.Image(0));
        ScoringData.Write(_folder["other"], other);

        (await Should.ThrowAsync<InputException>(() => ScoreAsync(Request() with { Raw = _folder["other"], Enhanced = [] })))
            .Message.ShouldContain("1 test images exactly");
    }

    [Fact]
    public void Contradicting_requests_are_refused()
    {
        Should.Throw<InputException>(() => new ScoreRequest().Validated());
        Should.Throw<InputException>(() => (Request() with { Models = ["x"] }).Validated());
        Should.Throw<InputException>(() => (Request() with { Seeds = [1, 1] }).Validated());
        Should.Throw<InputException>(() => (Request() with { Raw = null }).Validated());
    }

    [Fact]
    public async Task Trainings_begin_with_the_models_that_are_named_and_begin_anew_with_others()
    {
        var (first, second) = (_folder["first.safetensors"], _folder["second.safetensors"]);
        await File.WriteAllBytesAsync(first, FakeTrainer.Model(9, 30, 0, "one", 1));
        await File.WriteAllBytesAsync(second, FakeTrainer.Model(9, 30, 0, "one", 2));
        var request = Request() with { Training = new Dictionary<string, SurrogateOptions> { ["one"] = new() { Architectures = ["one"] } }, Init = [first], Seeds = [1] };
        var adversary = new FakeTrainer();

        var record = await ScoreAsync(request, adversary);
        await ScoreAsync(request, adversary);
        adversary.Initial.ShouldBe([await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(first)]); // raw and enhanced
        await ScoreAsync(request with { Init = [second] }, adversary);

        record.Initial!["one"].ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(first))));
        adversary.Initial.Count.ShouldBe(4);
        (await ScoreAsync(Request(), output: "untrained")).Initial.ShouldBeNull();
        (await Should.ThrowAsync<InputException>(() => ScoreAsync(request with { Init = [first, second] }))).Message.ShouldContain("is the second one; a score tells networks apart");
        (await Should.ThrowAsync<InputException>(() => ScoreAsync(Request() with { Init = [first] }))).Message.ShouldBe("The models are one, but one, two are to be trained.");
        Should.Throw<InputException>(() => new ScoreRequest { Models = [first], Init = [first] }.Validated()).Message.ShouldContain("--init");
    }

    private ScoreRequest Request() => new()
    {
        Raw = _raw,
        Enhanced = [_enhanced],
        Training = new Dictionary<string, SurrogateOptions> { ["one"] = new() { Architectures = ["one"] }, ["two"] = new() { Architectures = ["two"] } },
        Seeds = [1, 2],
    };

    private async Task<ScoreRecord> ScoreAsync(ScoreRequest request, FakeTrainer? adversary = null, string output = "out", int workers = 2)
    {
        var options = new TestSetOptions { Attackers = new() { Architectures = ["two"] }, RawNetwork = "two" };
        var store = new FolderStore(_folder["p"]);
        await new TestSetBuilder(store, new LocalDatasetLocator(), new FakeTrainer(), new NullActivityObserver())
            .MakeAsync(new(_folder["test"], [_raw], options), 2, CancellationToken.None);
        var test = await TestSet.ReadAsync(store, CancellationToken.None);
        return await new Scorer(new FolderStore(_folder[output]), new LocalDatasetLocator(), adversary ?? new(), new NullActivityObserver())
            .RunAsync(request, test, workers, CancellationToken.None);
    }
}
