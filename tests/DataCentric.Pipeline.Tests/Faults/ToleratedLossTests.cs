using System.Text;
using System.Text.Json.Nodes;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>Runs that may lose shards: what is published, what says so, and what becomes of it when the run is started again.</summary>
public sealed class ToleratedLossTests : IDisposable
{
    private const string Attacked = "adversarial-000000016-000016", Corrupted = "corrupted-000000080-000040";

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new();
    private readonly HashSet<string> _broken = [Attacked, Corrupted];

    public void Dispose() => _harness.Dispose();

    private EnhancementRequest Request => _harness.Request with { MaxFailedShards = 2 };

    private IDataStore Result => _harness.Store("result");

    [Fact]
    public async Task The_set_is_published_with_the_samples_of_failed_shards_clean_and_says_which()
    {
        var summary = await RunAsync(Request);

        summary.Plan.ShouldBe(new PlanSummary(60 + 16 + 40, 60 - 16, 180 - 40));
        summary.FailedShards!.Select(failed => failed.Shard.Name).ShouldBe([Attacked, Corrupted]);
        var entries = await RunHarness.ManifestAsync(Result);
        var lost = entries.Where(entry => entry.Intended is not null).ToArray();
        lost.Count(entry => entry.Intended == SampleRole.Adversarial).ShouldBe(16);
        lost.Count(entry => entry.Intended == SampleRole.Corrupted).ShouldBe(40);
        lost.ShouldAllBe(entry => entry.Role == SampleRole.Clean && entry.Linf == 0 && entry.Kind == null && entry.Attack == null);
        var (clean, stored) = (await File.ReadAllBytesAsync(_harness.Dataset, None), await Result.ReadAllBytesAsync(ResultFiles.Data, None));
        var size = RunHarness.Shape.ByteLength;
        foreach (var entry in lost)
            stored.AsSpan(128 + (entry.Index * size), size).SequenceEqual(clean.AsSpan(128 + (entry.Index * size), size)).ShouldBeTrue(entry.Source);

        var set = await EnhancedSet.OpenAsync(Result, None);
        (await set.VerifyAsync(null, new NullActivityObserver(), None)).Report.Breaches.ShouldBeEmpty();
        set.Run.FailedShards!.ShouldAllBe(failed => failed.Reason.Contains("failed before it took effect") && failed.Reason.Length <= FailedShard.LongestReason);
        const string Sentence = "2 shards failed for good; their 56 samples, which were to be attacked or corrupted, are clean";
        foreach (var document in ResultFiles.Documents)
            (await TextAsync(document)).ShouldContain(Sentence, Case.Sensitive, document);
        (await TextAsync(ResultFiles.Report)).ShouldContain($"<li>{Corrupted}: ");
    }

    [Fact]
    public async Task What_was_not_lost_is_what_it_would_have_been()
    {
        await RunAsync(_harness.Request, "whole", breaks: false);
        var whole = await RunHarness.ManifestAsync(_harness.Store("whole"));

        await RunAsync(Request);

        foreach (var (there, here) in whole.Zip(await RunHarness.ManifestAsync(Result)))
        {
            if (here.Intended is { } intended)
                intended.ShouldBe(there.Role);
            else
                here.ShouldBe(there);
        }
    }

    [Fact]
    public async Task Started_again_it_tries_the_failed_shards_alone_and_becomes_whole()
    {
        await RunAsync(_harness.Request, "whole", breaks: false);
        await RunAsync(Request);
        var (first, batches, trainings) = (await RunHarness.FingerprintAsync(Result), _harness.Adversary.AttackedBatches, _harness.Adversary.Trainings);

        (await RunAsync(Request)).FailedShards!.Count.ShouldBe(2, "They fail again.");
        (await RunHarness.FingerprintAsync(Result)).ShouldBe(first);
        await Should.ThrowAsync<ShardsFailedException>(() => RunAsync(_harness.Request));
        (await EnhancedSet.OpenAsync(Result, None)).Run.FailedShards!.Count.ShouldBe(2, "A start that allows none, and fails, leaves what is there.");

        _broken.Clear();
        var batchesBefore = _harness.Adversary.AttackedBatches;
        var summary = await RunAsync(_harness.Request);

        summary.FailedShards.ShouldBeNull();
        (await RunHarness.FingerprintAsync(Result)).ShouldBe(await RunHarness.FingerprintAsync(_harness.Store("whole")));
        (_harness.Adversary.AttackedBatches - batchesBefore).ShouldBe(2, "The failed shard has two batches.");
        _harness.Adversary.Trainings.ShouldBe(trainings);
        batchesBefore.ShouldBeGreaterThan(batches);
        Directory.EnumerateFiles(Path.Combine(_harness.Folder, "work", "runs", "run", "shards")).ShouldBeEmpty("What only the run needed is cleared.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task More_than_may_fail_end_the_run_as_ever(int allowed)
    {
        var failure = await Should.ThrowAsync<ShardsFailedException>(() => RunAsync(Request with { MaxFailedShards = allowed }));

        failure.Message.ShouldStartWith($"2 of 9 parts of stage Shards failed{(allowed > 0 ? " (maxFailedShards allows 1, where others are done)" : "")}; the first: shard adversarial");
        (await Result.FindAsync(ResultFiles.Run, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_of_which_nothing_is_done_fails_whatever_is_allowed()
    {
        _broken.UnionWith(Shard.Cut(SampleRole.Adversarial, 300, 40, 8).Select(shard => shard.Name));

        var failure = await Should.ThrowAsync<ShardsFailedException>(() => RunAsync(Request with { Split = new Split(1, 1, 0), MaxFailedShards = FailedShard.Most }));

        failure.Message.ShouldContain("parts of stage Shards failed");
    }

    [Theory]
    [InlineData("\"intended\":\"corrupted\",", "", 1)]
    [InlineData("\"intended\":\"corrupted\"", "\"intended\":\"adversarial\"", 1)]
    [InlineData("\"role\":\"clean\",\"seed\"", "\"role\":\"clean\",\"intended\":\"corrupted\",\"seed\"", 1)]
    [InlineData("\"role\":\"adversarial\",\"seed\"", "\"role\":\"adversarial\",\"intended\":\"corrupted\",\"seed\"", 1)]
    public async Task A_manifest_that_tells_of_other_losses_is_found_out(string there, string forged, int times)
    {
        await RunAsync(Request);
        var lines = await TextAsync(ResultFiles.Manifest);
        var at = lines.IndexOf(there, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        await Result.WriteAllBytesAsync(ResultFiles.Manifest, Encoding.UTF8.GetBytes(lines[..at] + forged + lines[(at + there.Length)..]), None);
        var set = await EnhancedSet.OpenAsync(Result, None);
        var manifest = await Result.WriteHashedAsync(ResultFiles.Manifest, await Result.ReadAllBytesAsync(ResultFiles.Manifest, None), None);
        var run = set.Run with { Files = [.. set.Run.Files.Where(file => file.Name != ResultFiles.Manifest), manifest] };

        var report = (await new SetVerification(Result, run, RunSeal.Whole, new NullActivityObserver()).RunAsync(null, None)).Report;

        report.BreachCount.ShouldBeGreaterThanOrEqualTo(times);
        report.Breaches.ShouldContain(breach => breach.Contains("failed") || breach.Contains("what was to become of it"), string.Join('\n', report.Breaches));
    }

    [Fact]
    public async Task A_record_of_shards_that_cannot_be_is_no_record()
    {
        await RunAsync(Request);
        var json = JsonNode.Parse(await Result.ReadAllBytesAsync(ResultFiles.Run, None))!;
        json["failedShards"]![0]!["shard"]!["start"] = int.MaxValue;
        await Result.WriteAllBytesAsync(ResultFiles.Run, Encoding.UTF8.GetBytes(json.ToJsonString()), None);

        (await Should.ThrowAsync<InputException>(() => EnhancedSet.OpenAsync(Result, None))).Message.ShouldContain("failedShards are not shards of the set");
    }

    private Task<EnhancementSummary> RunAsync(EnhancementRequest request, string result = "result", bool breaks = true) => _harness.RunAsync(
        request,
        new FaultyStore(_harness.Store(breaks ? "work" : $"work-of-{result}"), (_, name) => breaks && _broken.Any(shard => name.Contains(shard, StringComparison.Ordinal)) ? WriteFault.Before : WriteFault.None),
        _harness.Store(result),
        new JumpingTime());

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString(await Result.ReadAllBytesAsync(name, None));
}
