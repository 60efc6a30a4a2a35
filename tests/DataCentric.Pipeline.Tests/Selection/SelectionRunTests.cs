using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Selection;

/// <summary>Whole runs in which surrogates choose, and what stays as it was where chance does.</summary>
public sealed class SelectionRunTests : IDisposable
{
    private const int Candidates = 4;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new(count: 100);

    private EnhancementRequest Request => _harness.Request with
    {
        Selection = SelectionRule.Entropy,
        Surrogates = _harness.Request.Surrogates with { Architectures = ["fake", "another"] },
        Corruptions = new CorruptionRequest { Kinds = ["dropout", "coarse_dropout", "gaussian_noise", "saturate", "gaussian_blur", "pixelate"] },
    };

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Random_selection_gives_the_bytes_it_gave_before_there_was_a_choice()
    {
        using var harness = new RunHarness();

        await harness.RunAsync(harness.Request, harness.Store("w"), harness.Store("r"));

        (await RunHarness.FingerprintAsync(harness.Store("r"))).Split(' ').ShouldBe(
        [
            "1285c5a87f94567673bea8c4bd57531298eeb34c6458c1d3efb9a65c5c046d2d",
            "ce953e23c853af09256dd87d5a8827d6caefc4af467d024c23d42089f3e21cef",
            "53155c9b2a4c4c643b4e6876c03c730593ab4c5d7c61f5512fd1eb7dcdf089e7",
        ]);
        harness.Adversary.ScoredBatches.ShouldBe(0);
    }

    [Fact]
    public async Task Highest_scores_stay_clean_the_next_are_attacked_and_the_manifest_tells_them()
    {
        var summary = await _harness.RunAsync(Request, _harness.Store("w"), _harness.Store("r"));

        summary.Plan.ShouldBe(new(20, 20, 60));
        var entries = await RunHarness.ManifestAsync(_harness.Store("r"));
        entries.OrderByDescending(entry => entry.Selection!.Score).ThenBy(entry => entry.Key).Select(entry => entry.Role).ShouldBe(
            Enumerable.Repeat(SampleRole.Clean, 20).Concat(Enumerable.Repeat(SampleRole.Adversarial, 20)).Concat(Enumerable.Repeat(SampleRole.Corrupted, 60)));
        entries.ShouldAllBe(entry => entry.Selection!.KindScore.HasValue == (entry.Role == SampleRole.Corrupted));
        var record = await _harness.Store("r").TryReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, None);
        record!.Request.Selection.ShouldBe(SelectionRule.Entropy);
        record.Selection!.Clean!.Value.ShouldBe(Mean(SampleRole.Clean), 1e-9);
        record.Selection.Corrupted!.Value.ShouldBe(Mean(SampleRole.Corrupted), 1e-9);
        record.Selection.Kinds!.Value.ShouldBe(entries.Average(entry => (double?)entry.Selection!.KindScore)!.Value, 1e-9);

        double Mean(SampleRole role) => entries.Where(entry => entry.Role == role).Average(entry => (double)entry.Selection!.Score);
    }

    [Fact]
    public async Task Each_class_has_its_share_and_its_own_ranking_where_that_is_asked_for()
    {
        await _harness.RunAsync(Request with { SelectionBalance = SelectionBalance.Classes }, _harness.Store("w"), _harness.Store("r"));

        var entries = await RunHarness.ManifestAsync(_harness.Store("r"));
        Enum.GetValues<SampleRole>().Select(role => entries.Count(entry => entry.Role == role)).ShouldBe([20, 20, 60]);
        var classes = entries.GroupBy(entry => entry.Label).ToArray();
        classes.Length.ShouldBeGreaterThan(1);
        foreach (var members in classes)
        {
            members.OrderByDescending(entry => entry.Selection!.Score).ThenBy(entry => entry.Key).Select(entry => entry.Role).ShouldBeInOrder();
            foreach (var (role, share) in new[] { (SampleRole.Clean, 0.2), (SampleRole.Adversarial, 0.2), (SampleRole.Corrupted, 0.6) })
                Math.Abs(members.Count(entry => entry.Role == role) - (share * members.Count())).ShouldBeLessThan(1);
        }

        (await _harness.Store("r").TryReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, None))!.Request.SelectionBalance.ShouldBe(SelectionBalance.Classes);
    }

    [Fact]
    public async Task A_corrupted_sample_has_one_of_its_candidate_kinds_and_mostly_not_that_of_random_selection()
    {
        var mix = Request.Corruptions.CreateMix();
        var candidates = new KindCandidates(mix, Request.Seed, most: Candidates);

        await _harness.RunAsync(Request, _harness.Store("w"), _harness.Store("r"));

        var corrupted = (await RunHarness.ManifestAsync(_harness.Store("r"))).Where(entry => entry.Role == SampleRole.Corrupted).ToArray();
        corrupted.ShouldAllBe(entry => candidates.Of(entry.Key).Select(kind => mix.Corruptions[kind].Name).Contains(entry.Kind));
        corrupted.Count(entry => entry.Kind == mix.Pick(Request.Seed, entry.Key).Name).ShouldBeInRange(3, 30, "about a quarter of 60");
    }

    [Fact]
    public async Task One_candidate_is_the_kind_of_random_selection_and_each_costs_a_pass()
    {
        var mix = Request.Corruptions.CreateMix();
        await _harness.RunAsync(Request with { KindCandidates = 1 }, _harness.Store("w"), _harness.Store("r"));

        (await RunHarness.ManifestAsync(_harness.Store("r"))).Where(entry => entry.Role == SampleRole.Corrupted)
            .ShouldAllBe(entry => entry.Kind == mix.Pick(Request.Seed, entry.Key).Name);
        _harness.Adversary.ScoredBatches.ShouldBe(13 * (1 + 1));

        await _harness.RunAsync(Request with { KindCandidates = 200 }, _harness.Store("w2"), _harness.Store("r2"));

        _harness.Adversary.ScoredBatches.ShouldBe((13 * (1 + 1)) + (13 * (1 + mix.Corruptions.Count)));
    }

    [Theory]
    [InlineData(SelectionRule.Entropy, 1, 40)]
    [InlineData(SelectionRule.Entropy, 3, 1)]
    [InlineData(SelectionRule.Disagreement, 2, 1000)]
    public async Task Same_bytes_for_any_shard_size_and_number_of_workers(SelectionRule rule, int workers, int shardSize)
    {
        var request = Request with { Selection = rule };
        var expected = await FreshFingerprintAsync(request);

        await _harness.RunAsync(request with { ShardSize = shardSize }, _harness.Store("w"), _harness.Store("r"), workers);

        (await RunHarness.FingerprintAsync(_harness.Store("r"))).ShouldBe(expected);
    }

    [Fact]
    public async Task Same_bytes_and_no_score_repeated_wherever_a_run_is_stopped()
    {
        var expected = await FreshFingerprintAsync(Request);
        using var uncancelled = new CancellationTokenSource();
        var counting = new StoppingStore(_harness.Store("count"), int.MaxValue, uncancelled);
        var batches = _harness.Adversary.ScoredBatches;
        await _harness.RunAsync(Request, counting, _harness.Store("count-r"), workers: 1);
        batches = _harness.Adversary.ScoredBatches - batches;
        batches.ShouldBe(13 * (1 + Candidates), "100 samples in batches of 8, as they are and by each candidate");

        for (var stopAt = 1; stopAt <= counting.Writes; stopAt += 3)
        {
            var (work, result) = (_harness.Store($"w{stopAt}"), _harness.Store($"r{stopAt}"));
            using var stop = new CancellationTokenSource();
            await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
                Request, new StoppingStore(work, stopAt, stop), result, workers: 2, stop.Token));
            var (before, done) = (_harness.Adversary.ScoredBatches, await ScoredBatchesAsync(work));

            await _harness.RunAsync(Request, work, result);

            (await RunHarness.FingerprintAsync(result)).ShouldBe(expected, $"stopped at write {stopAt}");
            (_harness.Adversary.ScoredBatches - before).ShouldBe(batches - done, $"stopped at write {stopAt}");
        }
    }

    [Fact]
    public async Task Shards_and_scores_of_another_ensemble_are_not_used()
    {
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
            Request, work, new StoppingStore(result, 1, stop), workers: 2, stop.Token));
        Directory.Delete(Path.Combine(_harness.Folder, "w", "models"), recursive: true);
        _harness.Adversary = new FakeAdversary { TrainsOtherwise = true };
        var expected = await FreshFingerprintAsync(Request);

        await _harness.RunAsync(Request, work, result);

        (await RunHarness.FingerprintAsync(result)).ShouldBe(expected);
    }

    [Fact]
    public async Task Surrogates_are_recorded_where_they_only_chose_and_nothing_is_left_but_models_and_plan()
    {
        await _harness.RunAsync(Request with { Split = new Split(1, 0, 0) }, _harness.Store("w"), _harness.Store("r"));

        var record = await _harness.Store("r").TryReadJsonAsync<RunRecord>(ResultFiles.Run, PipelineJson.Indented, None);
        record!.Surrogates.Select(model => model.Architecture).ShouldBe(["fake", "another"]);
        record.Versions["device"].ShouldBe("fake");
        _harness.Adversary.ScoredBatches.ShouldBe(13, "no kind is tried where nothing is corrupted");
        await foreach (var item in _harness.Store("w").ListAsync("runs/", None))
            item.Name.ShouldBe("runs/run/plan.json");
    }

    private async Task<string> FreshFingerprintAsync(EnhancementRequest request)
    {
        await _harness.RunAsync(request, _harness.Store("fresh-w"), _harness.Store("fresh-r"), workers: 1);
        return await RunHarness.FingerprintAsync(_harness.Store("fresh-r"));
    }

    /// <summary>100 samples in shards of 40, of 5 batches each, and a last one of 20 samples in 3.</summary>
    private static async Task<int> ScoredBatchesAsync(IDataStore work)
    {
        var batches = 0;
        await foreach (var item in work.ListAsync("runs/run/scores/scores-", None))
            batches += (item.Name.EndsWith("000020.json", StringComparison.Ordinal) ? 3 : 5) * (1 + Candidates);
        return batches;
    }
}
