using System.Runtime.InteropServices;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Selection;

/// <summary>Whole runs whose labels are distilled from the surrogates.</summary>
public sealed class DistilledRunTests : IDisposable
{
    private const int Classes = 5;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new(count: 100);

    private EnhancementRequest Request => _harness.Request with { Labels = LabelRule.Distilled };

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(SelectionRule.Random)]
    [InlineData(SelectionRule.Entropy)]
    public async Task Labels_are_half_of_what_the_surrogates_see_and_pixels_and_roles_are_those_of_the_run_without(SelectionRule selection)
    {
        await _harness.RunAsync(Request with { Selection = selection, Labels = LabelRule.Source }, _harness.Store("w0"), _harness.Store("plain"));
        await _harness.RunAsync(Request with { Selection = selection }, _harness.Store("w"), _harness.Store("r"));

        var (plain, distilled) = (_harness.Store("plain"), _harness.Store("r"));
        foreach (var name in new[] { ResultFiles.Data, ResultFiles.Manifest })
            (await distilled.ReadAllBytesAsync(name, None)).ShouldBe(await plain.ReadAllBytesAsync(name, None), name);
        using var reader = ImageSource.Open(Path.Combine(_harness.Folder, "r"));
        reader.Info.HasSoftLabels.ShouldBeTrue();
        var images = reader.Read(100);
        images.Labels.ShouldBe(Enumerable.Range(0, 100).Select(n => n % Classes));
        var rows = images.SoftLabels!.Chunk(Classes).ToArray();
        rows.Index().ShouldAllBe(row => DistilledLabels.CanBe(row.Item, row.Index % Classes));
        rows.Select(row => row.Max()).Distinct().Count().ShouldBeGreaterThan(50, "each image is seen in its own way");
        (await VerifyAsync()).Report.Breaches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 1)]
    [InlineData(2, 1000)]
    public async Task Same_bytes_for_any_shard_size_and_number_of_workers(int workers, int shardSize)
    {
        await _harness.RunAsync(Request, _harness.Store("w0"), _harness.Store("r0"));

        await _harness.RunAsync(Request with { ShardSize = shardSize }, _harness.Store("w"), _harness.Store("r"), workers);

        (await RunHarness.FingerprintAsync(_harness.Store("r"))).ShouldBe(await RunHarness.FingerprintAsync(_harness.Store("r0")));
    }

    [Fact]
    public async Task What_was_seen_is_asked_again_where_it_is_lost_or_other_surrogates_see()
    {
        await _harness.RunAsync(Request, _harness.Store("w0"), _harness.Store("r0"));
        using var cancelled = new CancellationTokenSource();
        var stopping = new StoppingStore(_harness.Store("r"), 1, cancelled);
        await Should.ThrowAsync<OperationCanceledException>(() => _harness.RunAsync(Request, _harness.Store("w"), stopping, cancellationToken: cancelled.Token));
        foreach (var seen in Directory.GetFiles(_harness.Folder, "*.labels", SearchOption.AllDirectories).Take(1))
            File.Delete(seen);

        await _harness.RunAsync(Request, _harness.Store("w"), _harness.Store("r"));

        (await RunHarness.FingerprintAsync(_harness.Store("r"))).ShouldBe(await RunHarness.FingerprintAsync(_harness.Store("r0")));
    }

    [Fact]
    public async Task Formats_that_hold_probabilities_are_written_and_the_other_is_refused_before_anything_is_computed()
    {
        await _harness.RunAsync(Request with { Formats = ["parquet", "folder", "webdataset"] }, _harness.Store("w"), _harness.Store("r"));

        (await VerifyAsync()).Report.Breaches.ShouldBeEmpty();
        var scored = _harness.Adversary.ScoredBatches;
        var cifar = new RunHarness(count: 20);
        using (cifar)
        {
            (await Should.ThrowAsync<InputException>(() => cifar.RunAsync(Request with { Dataset = cifar.Dataset, Formats = ["cifar"] }, cifar.Store("w"), cifar.Store("r"))))
                .Message.ShouldContain("cannot be written in the format cifar");
        }

        _harness.Adversary.ScoredBatches.ShouldBe(scored);
    }

    [Fact]
    public async Task DuckDB_reads_the_probabilities_of_a_Parquet_file()
    {
        await _harness.RunAsync(Request with { Formats = ["parquet"] }, _harness.Store("w"), _harness.Store("r"));

        var read = await ForeignReader.ReadParquetAsync(Path.Combine(_harness.Folder, "r", "parquet", "train-00000-of-00001.parquet"));

        using var reader = ImageSource.Open(Path.Combine(_harness.Folder, "r"));
        var rows = read.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle()).ToArray());
        rows.SelectMany(row => row).ShouldBe(reader.Read(100).SoftLabels!);
    }

    [Fact]
    public async Task An_altered_label_is_found()
    {
        await _harness.RunAsync(Request, _harness.Store("w"), _harness.Store("r"));
        var path = Path.Combine(_harness.Folder, "r", ResultFiles.Label);
        var bytes = await File.ReadAllBytesAsync(path);
        var rows = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(bytes.Length - (4 * Classes)));
        rows[^1] += 0.1f;
        await File.WriteAllBytesAsync(path, bytes);

        (await VerifyAsync()).Report.Breaches.ShouldContain(breach => breach.Contains("is no distilled label of class 4"));
    }

    private async Task<SetVerdict> VerifyAsync() =>
        await (await EnhancedSet.OpenAsync(_harness.Store("r"), None)).VerifyAsync(_harness.Dataset, new NullActivityObserver(), None);
}
