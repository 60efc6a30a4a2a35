using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class BlobStoreTests(AzuriteFixture azurite) : DataStoreContract
{
    private static int _containers;

    [Fact]
    public async Task The_first_write_makes_the_container_and_reading_does_not()
    {
        var container = NewContainer();
        var store = new BlobStore(container);

        (await store.FindAsync("item", Token)).ShouldBeNull();
        (await ListAsync(store, "")).ShouldBeEmpty();
        await store.DeleteAsync("item", Token);
        (await container.ExistsAsync(Token)).Value.ShouldBeFalse();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.WriteAllBytesAsync($"item-{i}", new byte[i], Token)));
        (await ListAsync(store, "item-")).Count.ShouldBe(8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_block_of_a_large_item_makes_the_container(bool synchronously)
    {
        var store = new BlobStore(NewContainer());
        var bytes = Bytes(1, BlobStore.BlockBytes + 1);

        await store.WriteAsync("large", async (stream, token) =>
        {
            if (synchronously)
                stream.Write(bytes);
            else
                await stream.WriteAsync(bytes, token);
        }, Token);

        (await store.ReadAllBytesAsync("large", Token)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task A_writer_that_is_overtaken_gets_an_error_and_the_quicker_ones_item_stays_whole()
    {
        var store = new BlobStore(NewContainer());
        var quick = Bytes(3, BlobStore.BlockBytes + 100);

        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAsync("item", async (stream, token) =>
        {
            await stream.WriteAsync(Bytes(2, (2 * BlobStore.BlockBytes) + 100), token);
            await store.WriteAllBytesAsync("item", quick, token);
        }, Token));

        e.Message.ShouldContain("cannot write 'item': another writer of the same item was quicker");
        (await store.ReadAllBytesAsync("item", Token)).AsSpan().SequenceEqual(quick).ShouldBeTrue();
    }

    [Fact]
    public async Task Staged_blocks_of_a_failed_write_stay_invisible_and_the_next_write_is_not_disturbed()
    {
        var container = NewContainer();
        var store = new BlobStore(container, BlobBlockBytes);
        await Should.ThrowAsync<InvalidDataException>(() => store.WriteAsync("item", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[(2 * BlobBlockBytes) + 1], token);
            throw new InvalidDataException();
        }, Token));

        (await store.FindAsync("item", Token)).ShouldBeNull();
        (await ListAsync(store, "")).ShouldBeEmpty();
        await store.WriteAllBytesAsync("item", Bytes(4, BlobBlockBytes + 1), Token);
        (await store.ReadAllBytesAsync("item", Token)).AsSpan().SequenceEqual(Bytes(4, BlobBlockBytes + 1)).ShouldBeTrue();
        var blobs = container.GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }, Token);
        (await blobs.CountAsync(Token)).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_that_fails_once_before_or_after_it_took_effect_changes_nothing(bool takesEffect)
    {
        var seen = new HashSet<string>();
        var store = Faulty(async (request, send) =>
        {
            lock (seen)
            {
                // A retry has the id of its request.
                if (!seen.Add(request.Headers.GetValues("x-ms-client-request-id").Single()))
                    return null;
            }
            if (takesEffect)
                (await send()).Dispose();
            return FaultyHandler.Answer(503, "ServerBusy");
        });
        var (large, small) = (Bytes(5, (2 * BlobBlockBytes) + 77), Bytes(6, 1000));

        await store.WriteAllBytesAsync("large", large, Token);
        await store.WriteAllBytesAsync("small", small, Token);
        await store.WriteAllBytesAsync("gone", small, Token);
        await store.DeleteAsync("gone", Token);

        (await store.ReadAllBytesAsync("large", Token)).AsSpan().SequenceEqual(large).ShouldBeTrue();
        (await store.ReadAllBytesAsync("small", Token)).ShouldBe(small);
        (await ListAsync(store, "")).ShouldBe(["large", "small"]);
        seen.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_read_that_is_cut_goes_on_where_it_was()
    {
        var cuts = 3;
        var store = Faulty(async (request, send) =>
            request.Method != HttpMethod.Get || cuts-- <= 0 ? null : Cut(await send(), after: 300_000));
        await store.WriteAllBytesAsync("item", Bytes(7, 2_000_000), Token);

        (await store.ReadAllBytesAsync("item", Token)).AsSpan().SequenceEqual(Bytes(7, 2_000_000)).ShouldBeTrue();

        cuts.ShouldBeLessThan(0);
    }

    [Fact]
    public async Task A_read_that_is_cut_while_the_item_is_replaced_fails_and_never_mixes()
    {
        var cut = false;
        BlobStore? store = null;
        store = Faulty(async (request, send) =>
        {
            if (request.Method != HttpMethod.Get || cut)
                return null;
            cut = true;
            var answer = Cut(await send(), after: 300_000);
            await store!.WriteAllBytesAsync("item", Bytes(9, 2_000_000), Token);
            return answer;
        });
        await store.WriteAllBytesAsync("item", Bytes(8, 2_000_000), Token);

        var e = await Should.ThrowAsync<StoreException>(() => store.ReadAllBytesAsync("item", Token));

        e.Message.ShouldContain("cannot read 'item': the item has changed or is leased meanwhile (412 ConditionNotMet)");
    }

    [Fact]
    public async Task A_SAS_that_allows_reading_reads_and_its_refusal_to_write_does_not_tell_it()
    {
        var container = NewContainer();
        await new BlobStore(container).WriteAllBytesAsync("run/item", new byte[7], Token);
        var address = container.GenerateSasUri(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List,
            DateTimeOffset.UtcNow.AddMinutes(10));
        var signature = System.Web.HttpUtility.ParseQueryString(address.Query)["sig"]!;

        var store = DataStores.Open(address.ToString().Replace("?", "/run?", StringComparison.Ordinal));

        store.Location.ShouldBe(container.Uri + "/run");
        (await ListAsync(store, "")).ShouldBe(["item"]);
        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("item", new byte[1], Token));
        e.Message.ShouldContain("cannot write 'run/item': access is refused");
        e.ToString().ShouldNotContain(signature);
        e.ToString().ShouldNotContain(Uri.EscapeDataString(signature));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_neither_key_is_told()
    {
        var wrong = Convert.ToBase64String("not the key of this account"u8);
        var store = DataStores.Open(azurite.ConnectionString.Replace(azurite.AccountKey, wrong, StringComparison.Ordinal));

        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("item", new byte[1], Token));

        e.Message.ShouldContain("403");
        e.ToString().ShouldNotContain(wrong);
        e.ToString().ShouldNotContain(azurite.AccountKey);
    }

    [Fact]
    public async Task A_connection_string_with_container_and_prefix_opens_that_place()
    {
        var container = NewContainer();
        var store = DataStores.Open($"{azurite.ConnectionString};Container={container.Name};Prefix=runs/1/");

        await store.WriteAllBytesAsync("item", new byte[7], Token);

        (await container.GetBlobClient("runs/1/item").ExistsAsync(Token)).Value.ShouldBeTrue();
    }

    protected override Task<IDataStore> NewStoreAsync() => Task.FromResult<IDataStore>(new BlobStore(NewContainer(), BlobBlockBytes));

    private BlobContainerClient NewContainer(BlobClientOptions? options = null) =>
        new(azurite.ConnectionString, $"test-{Interlocked.Increment(ref _containers)}", options ?? BlobStore.ClientOptions());

    // A fault that returns null lets the request pass.
    private BlobStore Faulty(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage?>> fault)
    {
        var options = BlobStore.ClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Transport = new HttpClientTransport(
            new HttpClient(new FaultyHandler(async (request, send) => await fault(request, send) ?? await send())));
        return new BlobStore(NewContainer(options), BlobBlockBytes);
    }

    private static HttpResponseMessage Cut(HttpResponseMessage answer, int after)
    {
        var cut = new StreamContent(new CutStream(answer.Content.ReadAsStream(), after));
        foreach (var header in answer.Content.Headers)
            cut.Headers.TryAddWithoutValidation(header.Key, header.Value);
        answer.Content = cut;
        return answer;
    }
}
