using Azure.Storage.Blobs;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Whole runs on blob storage behind a network that loses things.</summary>
public sealed class FaultyStorageTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Errors_and_lost_answers_do_not_change_a_byte_of_the_result()
    {
        await _harness.RunAsync(_harness.Request, _harness.Store("work"), _harness.Store("result"));
        using var proxy = new FaultyProxy(Service(), period: 7);
        var store = Store("faulty-run", proxy.Address);

        await _harness.RunAsync(_harness.Request, store.Below("work"), store.Below("result"), workers: 4);

        (await RunHarness.FingerprintAsync(store.Below("result"))).ShouldBe(await RunHarness.FingerprintAsync(_harness.Store("result")));
        proxy.Faults.ShouldBeGreaterThan(10);
        proxy.LostAnswers.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Workers_that_write_the_same_shard_at_once_leave_one_whole_shard()
    {
        var store = Store("same-shard", Service());
        var (request, result) = (_harness.Request, _harness.Store("result"));
        await using var services = _harness.Services(store, result);
        var runner = services.GetRequiredService<ActivityRunner>();
        var set = await runner.RunAsync(ActivityNames.Ingest, request, None);
        await runner.RunAsync(ActivityNames.Plan, new PlanInput(request, set, []), None);
        var input = new ShardInput(request, set, new Shard(SampleRole.Corrupted, 0, 40), []);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            // Each worker is a process of its own: nothing is shared but the store.
            await using var worker = _harness.Services(store, result);
            return await worker.GetRequiredService<ActivityRunner>().RunAsync(ActivityNames.CorruptShard, input, None);
        }));

        outcomes.ShouldAllBe(outcome => outcome.Name == "corrupted-000000000-000040");
        (await runner.RunAsync(ActivityNames.CorruptShard, input, None)).Reused.ShouldBeTrue("The shard fits its record.");
        (await store.ListAsync("runs/run/shards/", None).CountAsync(None)).ShouldBe(2);
    }

    private Uri Service() => new BlobContainerClient(azurite.ConnectionString, "none").Uri;

    private BlobStore Store(string container, Uri address)
    {
        var options = BlobStore.ClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        var direct = azurite.ConnectionString;
        var service = Service();
        var connection = direct.Replace($"{service.Scheme}://{service.Authority}", $"{address.Scheme}://{address.Authority}", StringComparison.Ordinal);
        return new BlobStore(new BlobContainerClient(connection, container, options));
    }
}
