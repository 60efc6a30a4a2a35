using System.Text.Json;
using DataCentric.Attacks;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>The invariants of the design, each on whole runs.</summary>
public sealed class EnhancementRunTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Size_the_enhanced_set_has_every_sample_once_with_its_label()
    {
        var (work, result) = (_harness.Store("work"), _harness.Store("result"));

        var summary = await _harness.RunAsync(_harness.Request, work, result);

        summary.Count.ShouldBe(RunHarness.Count);
        summary.Plan.ShouldBe(new PlanSummary(60, 60, 180));
        var entries = await RunHarness.ManifestAsync(result);
        entries.Select(entry => entry.Index).ShouldBe(Enumerable.Range(0, RunHarness.Count));
        entries.Select(entry => entry.Source).ShouldBe(Enumerable.Range(0, RunHarness.Count).Select(i => $"data.npy#{i}"));
        entries.ShouldAllBe(entry => entry.Label == entry.Index % 5);
        (await (await EnhancedSet.OpenAsync(result, None)).VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 1)]
    [InlineData(2, 17)]
    [InlineData(2, 1000)]
    public async Task Same_bytes_for_any_shard_size_and_number_of_workers(int workers, int shardSize)
    {
        var expected = await FreshFingerprintAsync();

        await _harness.RunAsync(_harness.Request with { ShardSize = shardSize }, _harness.Store("w"), _harness.Store("r"), workers);

        (await RunHarness.FingerprintAsync(_harness.Store("r"))).ShouldBe(expected);
    }

    [Fact]
    public async Task Same_bytes_and_no_finished_shard_repeated_wherever_a_run_is_stopped()
    {
        var expected = await FreshFingerprintAsync();
        using var uncancelled = new CancellationTokenSource();
        var counting = new StoppingStore(_harness.Store("count"), int.MaxValue, uncancelled);
        await _harness.RunAsync(_harness.Request, counting, new StoppingStore(_harness.Store("count-r"), int.MaxValue, uncancelled), workers: 1);

        for (var stopAt = 1; stopAt <= counting.Writes; stopAt++)
        {
            var (work, result) = (_harness.Store($"w{stopAt}"), _harness.Store($"r{stopAt}"));
            using var stop = new CancellationTokenSource();
            await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
                _harness.Request, new StoppingStore(work, stopAt, stop), result, workers: 2, stop.Token));
            var before = _harness.Adversary.AttackedBatches;
            var done = await FinishedAttackBatchesAsync(work);

            await _harness.RunAsync(_harness.Request with { ShardSize = 40 }, work, result);

            (await RunHarness.FingerprintAsync(result)).ShouldBe(expected, $"stopped at write {stopAt}");
            (_harness.Adversary.AttackedBatches - before).ShouldBe(8 - done, $"stopped at write {stopAt}");
        }
    }

    [Fact]
    public async Task Same_bytes_when_stopped_in_the_result_store()
    {
        var expected = await FreshFingerprintAsync();
        for (var stopAt = 1; stopAt <= 4; stopAt++)
        {
            var (work, result) = (_harness.Store($"w{stopAt}"), _harness.Store($"r{stopAt}"));
            using var stop = new CancellationTokenSource();
            await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
                _harness.Request, work, new StoppingStore(result, stopAt, stop), workers: 2, stop.Token));

            await _harness.RunAsync(_harness.Request, work, result);

            (await RunHarness.FingerprintAsync(result)).ShouldBe(expected, $"stopped at write {stopAt}");
        }
    }

    [Fact]
    public async Task A_shard_that_was_damaged_is_made_again()
    {
        var expected = await FreshFingerprintAsync();
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
            _harness.Request, work, new StoppingStore(result, 1, stop), workers: 2, stop.Token));
        var shard = Path.Combine(_harness.Folder, "w", "runs", "run", "shards", "corrupted-000000000-000040.bin");
        var bytes = await File.ReadAllBytesAsync(shard, None);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(shard, bytes, None);

        await _harness.RunAsync(_harness.Request, work, result);

        (await RunHarness.FingerprintAsync(result)).ShouldBe(expected);
    }

    [Fact]
    public async Task Budget_every_attacked_sample_is_within_its_norms_after_re_reading()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), _harness.Store("r"));
        var budget = PerturbationBudget.Of(_harness.Request.Attack);
        var clean = await File.ReadAllBytesAsync(_harness.Dataset, None);
        var stored = await _harness.Store("r").ReadAllBytesAsync(ResultFiles.Data, None);
        var size = RunHarness.Shape.ByteLength;

        foreach (var entry in (await RunHarness.ManifestAsync(_harness.Store("r"))).Where(entry => entry.Role == SampleRole.Adversarial))
        {
            var at = 128 + (entry.Index * size);
            budget.Holds(clean.AsSpan(at, size), stored.AsSpan(at, size)).ShouldBeTrue(entry.Source);
            entry.Attack!.Excess.ShouldBeLessThanOrEqualTo(budget.L2Levels);
        }
    }

    [Fact]
    public async Task Surrogates_are_trained_once_for_equal_data_and_options()
    {
        var work = _harness.Store("work");

        await _harness.RunAsync(_harness.Request, work, _harness.Store("a"));
        await _harness.RunAsync(_harness.Request with { RunId = "other", Split = new Split(0, 1, 0) }, work, _harness.Store("b"));
        _harness.Adversary.Trainings.ShouldBe(1);

        await _harness.RunAsync(_harness.Request with { RunId = "third", Seed = 8 }, work, _harness.Store("c"));
        _harness.Adversary.Trainings.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_start_of_a_finished_run_does_nothing_and_says_the_same()
    {
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        var first = await _harness.RunAsync(_harness.Request, work, result);
        var batches = _harness.Adversary.AttackedBatches;

        (await _harness.RunAsync(_harness.Request, work, result)).ShouldBe(first);

        _harness.Adversary.AttackedBatches.ShouldBe(batches);
    }

    [Fact]
    public async Task The_result_of_another_run_is_not_overwritten()
    {
        var result = _harness.Store("r");
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), result);

        var refusal = await Should.ThrowAsync<InputException>(() => _harness.RunAsync(
            _harness.Request with { RunId = "other", Seed = 8 }, _harness.Store("w"), result));

        refusal.Message.ShouldContain("seed: 7 there, 8 here");
    }

    [Fact]
    public async Task A_data_set_that_changed_under_a_run_is_refused()
    {
        var (work, result) = (_harness.Store("w"), _harness.Store("r"));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(
            _harness.Request, work, new StoppingStore(result, 1, stop), workers: 2, stop.Token));
        RunHarness.WriteDataset(_harness.Dataset, seed: 2);

        (await Should.ThrowAsync<InputException>(() => _harness.RunAsync(_harness.Request, work, result))).Message.ShouldContain("changed");
    }

    [Fact]
    public async Task A_limit_keeps_keys_and_kinds_of_the_samples_it_takes()
    {
        var all = _harness.Request with { Split = new Split(0, 0, 1) };
        await _harness.RunAsync(all, _harness.Store("w"), _harness.Store("all"));
        await _harness.RunAsync(all with { RunId = "few", Limit = 50 }, _harness.Store("w"), _harness.Store("few"));
        var byKey = (await RunHarness.ManifestAsync(_harness.Store("all"))).ToDictionary(entry => entry.Key);

        var few = await RunHarness.ManifestAsync(_harness.Store("few"));

        few.Count.ShouldBe(50);
        few.ShouldAllBe(entry => entry.Sha256 == byKey[entry.Key].Sha256 && entry.Kind == byKey[entry.Key].Kind);
    }

    [Fact]
    public async Task What_only_the_run_needed_is_cleared()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("w"), _harness.Store("r"));

        var left = new List<string>();
        await foreach (var item in _harness.Store("w").ListAsync("", None))
            left.Add(item.Name);

        left.ShouldAllBe(name => name.StartsWith("models/", StringComparison.Ordinal) || name == "runs/run/plan.json");
    }

    [Fact]
    public void References_travel_not_pixels_a_shard_of_any_size_is_a_small_message()
    {
        var set = new IngestedSet(new string('a', 64), 1_000_000, new(1024, 1024), 1000, HasSoftLabels: false);
        var surrogates = Enumerable.Range(0, 6).Select(i => new TrainedModel($"network{i}", $"models/{i}/x", new string('b', 64), 1, 1)).ToArray();

        var message = JsonSerializer.SerializeToUtf8Bytes(
            new ShardInput(_harness.Request, set, new Shard(SampleRole.Adversarial, 0, 100_000), surrogates), PipelineJson.Compact);

        message.Length.ShouldBeLessThan(45 * 1024);
        JsonSerializer.Deserialize<ShardInput>(message, PipelineJson.Compact)!.Request.Attack.ShouldBe(_harness.Request.Attack);
    }

    private async Task<string> FreshFingerprintAsync()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("fresh-w"), _harness.Store("fresh-r"), workers: 1);
        return await RunHarness.FingerprintAsync(_harness.Store("fresh-r"));
    }

    /// <summary>60 samples are attacked, 8 at a time, in shards of 16: three of two batches, and one of a batch and a half.</summary>
    private static async Task<int> FinishedAttackBatchesAsync(IDataStore work)
    {
        var batches = 0;
        await foreach (var item in work.ListAsync("runs/run/shards/adversarial-", None))
            batches += item.Name.EndsWith(".json", StringComparison.Ordinal) ? 2 : 0;
        return batches;
    }
}
