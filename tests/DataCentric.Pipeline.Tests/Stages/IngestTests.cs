using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Tests.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataCentric.Pipeline.Tests.Stages;

/// <summary>A data set that changes under the reader is never stored under the hash that it had.</summary>
public sealed class IngestTests : IDisposable, IActivityObserver, IDatasetLocator
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new();
    private string? _known;
    private Action _whenRead = () => { };

    public void Dispose() => _harness.Dispose();

    void IActivityObserver.Report(ActivityProgress progress) => _whenRead();

    Task<LocatedDataset> IDatasetLocator.LocateAsync(string dataset, CancellationToken cancellationToken) =>
        Task.FromResult(new LocatedDataset(dataset) { Sha256 = _known });

    [Fact]
    public async Task A_data_set_that_is_edited_while_it_is_read_is_refused()
    {
        _whenRead = Edit;

        (await Should.ThrowAsync<InputException>(IngestAsync)).Message.ShouldContain("changed while it was read");

        var record = new RunLayout("run").InputRecord;
        (await _harness.Store("w").FindAsync(record, None)).ShouldBeNull();
        _whenRead = () => { };
        await IngestAsync();
        (await _harness.Store("w").FindAsync(record, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_data_set_that_was_edited_since_the_run_was_named_after_its_hash_is_refused()
    {
        _known = await DatasetHash.ComputeAsync(_harness.Dataset, default, None);
        Edit();

        (await Should.ThrowAsync<InputException>(IngestAsync)).Message.ShouldContain("changed while it was read");
    }

    private Task<IngestedSet> IngestAsync()
    {
        var work = _harness.Store("w");
        var activity = new IngestActivity(new PipelineStores(work, work, _ => work), this, this, NullLogger<IngestActivity>.Instance);
        return activity.RunAsync(_harness.Request, None);
    }

    /// <summary>One byte, the length and the time stay.</summary>
    private void Edit()
    {
        var time = File.GetLastWriteTimeUtc(_harness.Dataset);
        using (var stream = new FileStream(_harness.Dataset, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            stream.Position = 200;
            var value = stream.ReadByte();
            stream.Position = 200;
            stream.WriteByte((byte)(value ^ 1));
        }

        File.SetLastWriteTimeUtc(_harness.Dataset, time);
    }
}
