using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>What the user hears of each answer of the service; no service is needed.</summary>
public sealed class BlobErrorTests
{
    private const string Sas = "sv=2026-10-06&sr=c&sp=rw&sig=c2VjcmV0c2lnbmF0dXJl";
    private static readonly string Key = Convert.ToBase64String("a very secret account key"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", 1, "an identity needs the role Storage Blob Data Contributor")]
    [InlineData(404, "ResourceNotFound", 1, "the container or account is not there")]
    [InlineData(409, "ContainerBeingDeleted", 1, "being deleted")]
    [InlineData(412, "LeaseIdMissing", 1, "leased")]
    [InlineData(413, "RequestBodyTooLarge", 1, "the service refused")]
    [InlineData(429, "TooManyRequests", 6, "too busy")]
    [InlineData(500, "InternalError", 6, "the service failed")]
    [InlineData(503, "ServerBusy", 6, "too busy")]
    public async Task Each_refusal_names_item_place_status_and_cause_and_only_passing_ones_are_tried_again(
        int status, string code, int tries, string meaning)
    {
        foreach (var keyed in new[] { true, false })
        {
            var handler = FaultyHandler.Answering(status, code);
            var store = Store(handler, keyed);

            var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("runs/1/plan.json", new byte[5], Token));

            handler.Requests.ShouldBe(tries);
            e.Message.ShouldStartWith("https://account.blob.core.windows.net/work: cannot write 'runs/1/plan.json': ");
            e.Message.ShouldContain(meaning);
            e.Message.ShouldEndWith($"({status} {code}).");
            e.ToString().ShouldNotContain("c2VjcmV0c2lnbmF0dXJl");
            e.ToString().ShouldNotContain(Key);
        }
    }

    [Fact]
    public async Task Every_operation_explains_a_refusal()
    {
        var store = Store(FaultyHandler.Answering(403, "AuthorizationFailure"), keyed: true);

        await Refused("look up", () => store.FindAsync("item", Token));
        await Refused("read", () => store.OpenReadAsync("item", 0, Token));
        await Refused("read", () => store.ReadAsync("item", 0, new byte[1], Token));
        await Refused("delete", () => store.DeleteAsync("item", Token));
        await Refused("list", () => store.ListAsync("item", Token).ToListAsync(Token).AsTask());
        await Refused("write", () => store.WriteAsync("item", WriteTwoBlocks, Token));

        static Task WriteTwoBlocks(Stream stream, CancellationToken token) =>
            Task.Run(() => stream.Write(new byte[BlobStore.BlockBytes + 1]), token);
    }

    [Fact]
    public async Task A_writer_that_swallows_the_refusal_of_a_block_does_not_bring_the_rest_in()
    {
        var handler = new FaultyHandler((request, _) => Task.FromResult(
            request.RequestUri!.Query.Contains("comp=block", StringComparison.Ordinal)
                ? FaultyHandler.Answer(403, "AuthorizationFailure")
                : new HttpResponseMessage(System.Net.HttpStatusCode.Created)));
        var store = Store(handler, keyed: true);

        await Should.ThrowAsync<StoreException>(() => store.WriteAsync("item", async (stream, token) =>
        {
            try
            {
                await stream.WriteAsync(new byte[BlobStore.BlockBytes + 1], token);
            }
            catch (StoreException)
            {
            }
        }, Token));

        handler.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_Azurite_that_checks_the_version_is_told_apart()
    {
        var store = Store(FaultyHandler.Answering(
            400, "InvalidHeaderValue", "Azurite command line parameter \"--skipApiVersionCheck\" can skip this error."), keyed: true);

        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("item", new byte[1], Token));

        e.Message.ShouldContain("start it with --skipApiVersionCheck");
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_no_answer()
    {
        var store = Store(new FaultyHandler((_, _) => throw new HttpRequestException("Name or service not known")), keyed: true);

        var e = await Should.ThrowAsync<StoreException>(() => store.FindAsync("item", Token));

        e.Message.ShouldContain("cannot look up 'item': no answer (Name or service not known), 6 times");
    }

    [Fact]
    public async Task A_silent_service_is_no_answer_in_time_and_not_a_cancellation()
    {
        var silent = new FaultyHandler(async (_, _) =>
        {
            await Task.Delay(Timeout.Infinite, Token);
            return null!;
        });
        var store = Store(silent, keyed: true, TimeSpan.FromMilliseconds(50));

        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("item", new byte[1], Token));

        e.Message.ShouldContain("cannot write 'item': no answer in time");
        silent.Requests.ShouldBe(6);
    }

    [Fact]
    public async Task A_wish_to_stop_ends_the_wait_for_a_silent_service_at_once()
    {
        using var stop = new CancellationTokenSource();
        var store = Store(new FaultyHandler(async (_, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, Token);
            return null!;
        }), keyed: true);

        await Should.ThrowAsync<OperationCanceledException>(() => store.WriteAllBytesAsync("item", new byte[1], stop.Token));
    }

    [Fact]
    public void The_retry_policy_is_finite()
    {
        var retry = BlobStore.ClientOptions().Retry;

        (retry.MaxRetries, retry.Delay, retry.MaxDelay).ShouldBe((5, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10)));
        retry.NetworkTimeout.ShouldBe(TimeSpan.FromSeconds(60));
    }

    private static async Task Refused(string doing, Func<Task> action) =>
        (await Should.ThrowAsync<StoreException>(action)).Message.ShouldContain($"cannot {doing} 'item': access is refused");

    private static BlobStore Store(FaultyHandler handler, bool keyed, TimeSpan? timeout = null)
    {
        var options = BlobStore.ClientOptions();
        options.Transport = new HttpClientTransport(new HttpClient(handler));
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = timeout ?? options.Retry.NetworkTimeout;
        const string address = "https://account.blob.core.windows.net/work";
        return new BlobStore(keyed
            ? new BlobContainerClient(new Uri(address), new StorageSharedKeyCredential("account", Key), options)
            : new BlobContainerClient(new Uri($"{address}?{Sas}"), options));
    }
}
