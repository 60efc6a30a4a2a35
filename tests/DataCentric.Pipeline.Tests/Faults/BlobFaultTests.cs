using System.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Runs;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>Whole runs on blob storage that refuses, is restarted, or is reached over a bad network.</summary>
public sealed class BlobFaultTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly (int Status, string Code)[] Refusals =
    [
        (403, "AuthorizationFailure"), (404, "ContainerNotFound"), (409, "ContainerBeingDeleted"), (412, "ConditionNotMet"),
        (429, "TooManyRequests"), (500, "InternalError"), (503, "ServerBusy"),
    ];

    private readonly RunHarness _harness = new();
    private int _containers;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Whatever_the_service_answers_the_run_ends_with_a_reason_and_the_next_start_goes_on()
    {
        var expected = await UndisturbedAsync();
        foreach (var (status, code) in FaultLog.Some(Refusals, inShort: 3))
        {
            var (tried, identical, recomputed, recovery) = (0, 0, 0, new List<TimeSpan>());
            for (var i = 0; i < FaultLog.Times(1, 12); i++)
            {
                var container = NewContainer();
                var first = 5 + ((i * 37) + status) % 120;
                var end = await EndOfAsync(Store(container, n => n >= first ? FaultyHandler.Answer(status, code) : null));
                if (end is not null)
                    (end is StoreException or ShardsFailedException or InvalidDataException).ShouldBeTrue($"{status} from request {first} on: {end}");
                var store = new FaultyStore(Store(container), (_, _) => WriteFault.None);
                var valid = await Shards.ValidAsync(Store(container));

                var start = Stopwatch.GetTimestamp();
                await _harness.RunAsync(_harness.Request, store, Store(container).Below("result"));

                recovery.Add(Stopwatch.GetElapsedTime(start));
                tried++;
                identical += await RunHarness.FingerprintAsync(Store(container).Below("result")) == expected ? 1 : 0;
                recomputed += store.Written.Count(valid.Contains);
            }

            FaultLog.Note($"blob storage answers {status} to everything from some request on", tried, identical, recomputed, recovery);
            identical.ShouldBe(tried);
            recomputed.ShouldBe(0);
        }
    }

    [Fact]
    public async Task One_refused_request_is_asked_again()
    {
        var expected = await UndisturbedAsync();
        var (tried, identical) = (0, 0);
        foreach (var (status, code) in FaultLog.Some(Refusals.Where(refusal => refusal.Status is 429 or 500 or 503).ToArray(), inShort: 2))
        {
            for (var i = 0; i < FaultLog.Times(1, 12); i++)
            {
                var (container, at) = (NewContainer(), 3 + ((i * 29) + status) % 120);

                var end = await EndOfAsync(Store(container, n => n == at ? FaultyHandler.Answer(status, code) : null));

                end.ShouldBeNull();
                tried++;
                identical += await RunHarness.FingerprintAsync(Store(container).Below("result")) == expected ? 1 : 0;
            }
        }

        FaultLog.Note("blob storage answers 429, 500 or 503 once", tried, identical, 0, []);
        identical.ShouldBe(tried);
    }

    [Fact]
    public async Task Azurite_stopped_and_started_again_in_the_middle_does_not_even_end_the_run()
    {
        AzuriteFixture.SkipWithoutNode();
        var expected = await UndisturbedAsync();
        var (tried, identical) = (0, 0);
        for (var i = 0; i < FaultLog.Times(1, 5); i++)
        {
            var location = Path.Combine(_harness.Folder, $"azurite{i}");
            var service = await AzuriteProcess.StartAsync("restarted", azurite.AccountKey, location);
            try
            {
                var requests = 0;
                var half = new TaskCompletionSource();
                var connection = AzuriteFixture.ConnectionTo(service.Endpoint, azurite.AccountKey, "restarted");
                var store = Store(connection, "restarted", TimeSpan.FromSeconds(1), Answer);
                var run = _harness.RunAsync(_harness.Request, store, store.Below("result"));
                await Task.WhenAny(half.Task, run);
                await service.StopAsync();
                await service.DisposeAsync();
                service = await AzuriteProcess.StartAsync("restarted", azurite.AccountKey, location, service.Port);

                await run;

                tried++;
                identical += await RunHarness.FingerprintAsync(store.Below("result")) == expected ? 1 : 0;

                HttpResponseMessage? Answer(int number)
                {
                    if (Interlocked.Increment(ref requests) == 40 + (i * 20))
                        half.SetResult();
                    return null;
                }
            }
            finally
            {
                await service.DisposeAsync();
            }
        }

        FaultLog.Note("Azurite is stopped in the middle and started again", tried, identical, 0, []);
        identical.ShouldBe(tried);
    }

    [Fact]
    public async Task Lost_answers_cut_and_slow_connections_do_not_change_a_byte()
    {
        var expected = await UndisturbedAsync();
        var (tried, identical, faults) = (0, 0, 0);
        foreach (var period in FaultLog.Some([3, 5, 7, 11, 13, 17, 19, 23], inShort: 1))
        {
            using var proxy = new FaultyProxy(new BlobContainerClient(azurite.ConnectionString, "none").Uri, period);
            var connection = azurite.ConnectionString.Replace(
                new BlobContainerClient(azurite.ConnectionString, "none").Uri.Authority, proxy.Address.Authority, StringComparison.Ordinal);
            var store = Store(connection, NewContainer(), TimeSpan.FromMilliseconds(1), _ => null);

            await _harness.RunAsync(_harness.Request, store, store.Below("result"), workers: 4, time: new JumpingTime());

            tried++;
            identical += await RunHarness.FingerprintAsync(store.Below("result")) == expected ? 1 : 0;
            faults += proxy.Faults;
        }

        FaultLog.Note($"a network that loses, cuts and delays ({faults} faults)", tried, identical, 0, []);
        identical.ShouldBe(tried);
        faults.ShouldBeGreaterThan(10);
    }

    private async Task<string> UndisturbedAsync()
    {
        var result = _harness.Store("undisturbed-r");
        await _harness.RunAsync(_harness.Request, _harness.Store("undisturbed-w"), result);
        return await RunHarness.FingerprintAsync(result);
    }

    /// <summary>What a run on a store ends with; null when it ends well.</summary>
    private async Task<Exception?> EndOfAsync(BlobStore store) =>
        await Record.ExceptionAsync(() => _harness.RunAsync(_harness.Request, store, store.Below("result"), time: new JumpingTime()));

    private string NewContainer() => $"faults-{Guid.NewGuid():N}"[..20] + ++_containers;

    private BlobStore Store(string container) => Store(container, _ => null);

    private BlobStore Store(string container, Func<int, HttpResponseMessage?> answer) =>
        Store(azurite.ConnectionString, container, TimeSpan.FromMilliseconds(1), answer);

    /// <summary>A store whose n-th request, from 1, may be answered by the test instead of the service.</summary>
    private static BlobStore Store(string connection, string container, TimeSpan delay, Func<int, HttpResponseMessage?> answer)
    {
        var requests = 0;
        var handler = new FaultyHandler((_, ask) =>
            answer(Interlocked.Increment(ref requests)) is { } instead ? Task.FromResult(instead) : ask());
        var options = BlobStore.ClientOptions();
        options.Transport = new HttpClientTransport(new HttpClient(handler));
        options.Retry.Delay = delay;
        return new BlobStore(new BlobContainerClient(connection, container, options));
    }
}
