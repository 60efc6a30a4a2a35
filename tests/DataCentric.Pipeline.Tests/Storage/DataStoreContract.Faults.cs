using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>What every store promises when something goes wrong or several meet.</summary>
public abstract partial class DataStoreContract
{
    [Theory]
    [InlineData(10)]
    [InlineData(LargeLength)]
    public async Task A_writer_that_fails_leaves_the_old_item_and_nothing_else(int written)
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("old", Bytes(8, 50), Token);

        foreach (var name in new[] { "old", "new" })
        {
            var e = await Should.ThrowAsync<InvalidOperationException>(() => store.WriteAsync(name, async (stream, token) =>
            {
                await stream.WriteAsync(new byte[written], token);
                throw new InvalidOperationException("out of ideas");
            }, Token));
            e.Message.ShouldBe("out of ideas");
        }

        (await store.ReadAllBytesAsync("old", Token)).ShouldBe(Bytes(8, 50));
        (await store.FindAsync("new", Token)).ShouldBeNull();
        (await ListAsync(store, "")).ShouldBe(["old"]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(LargeLength)]
    public async Task A_cancelled_write_leaves_the_old_item_even_when_the_writer_does_not_notice(int written)
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("item", Bytes(9, 50), Token);
        using var cancellation = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => store.WriteAsync("item", async (stream, _) =>
        {
            await stream.WriteAsync(new byte[written], Token);
            await cancellation.CancelAsync();
        }, cancellation.Token));

        (await store.ReadAllBytesAsync("item", Token)).ShouldBe(Bytes(9, 50));
        (await ListAsync(store, "")).ShouldBe(["item"]);
    }

    [Fact]
    public async Task A_token_cancelled_before_ends_every_operation()
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("item", new byte[5], Token);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await store.FindAsync("item", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.OpenReadAsync("item", 0, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.ReadAsync("item", 0, new byte[1], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.WriteAllBytesAsync("item", new byte[1], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.DeleteAsync("item", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.ListAsync("", cancelled).ToListAsync(Token));
        (await store.FindAsync("item", Token)).ShouldBe(new StoredItem("item", 5));
    }

    [Fact]
    public async Task The_writer_may_close_its_stream_and_nothing_can_be_written_afterwards()
    {
        var store = await NewStoreAsync();
        Stream? leaked = null;

        await store.WriteAsync("text", async (stream, _) =>
        {
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync("hello");
            leaked = stream;
        }, Token);

        (await store.ReadAllBytesAsync("text", Token)).ShouldBe("hello"u8.ToArray());
        Should.Throw<ObjectDisposedException>(() => leaked!.WriteByte(1));
    }

    [Fact]
    public async Task An_open_reader_goes_on_reading_what_it_opened_or_fails_but_never_mixes()
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("item", Bytes(10, LargeLength), Token);
        using var stream = await store.OpenReadAsync("item", 0, Token);
        var first = new byte[10];
        await stream.ReadExactlyAsync(first, Token);

        await store.WriteAllBytesAsync("item", Bytes(11, LargeLength), Token);

        var rest = new MemoryStream();
        await stream.CopyToAsync(rest, Token);
        first.Concat(rest.ToArray()).SequenceEqual(Bytes(10, LargeLength)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_writers_of_one_name_one_whole_result_survives()
    {
        var store = await NewStoreAsync();
        const int writers = 6;
        var length = BlobBlockBytes + 5;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, writers).Select(async i =>
        {
            try
            {
                await store.WriteAsync("contested", async (stream, token) =>
                {
                    // Odd writers are small and overtake the large ones.
                    var size = i % 2 == 1 ? 1000 : length;
                    await stream.WriteAsync(Enumerable.Repeat((byte)(i + 1), size).ToArray(), token);
                }, Token);
                return true;
            }
            catch (StoreException e)
            {
                e.Message.ShouldContain("contested");
                return false;
            }
        }));

        outcomes.ShouldContain(true);
        var result = await store.ReadAllBytesAsync("contested", Token);
        result.Distinct().Count().ShouldBe(1);
        result.Length.ShouldBe(result[0] % 2 == 0 ? 1000 : length);
        (await ListAsync(store, "")).ShouldBe(["contested"]);
    }

    [Fact]
    public async Task A_name_that_leads_out_is_refused_by_every_operation()
    {
        var store = await NewStoreAsync();
        foreach (var name in new[] { "../x", "/etc/x", "a\\b" })
        {
            await Should.ThrowAsync<InputException>(async () => await store.FindAsync(name, Token));
            await Should.ThrowAsync<InputException>(async () => await store.OpenReadAsync(name, 0, Token));
            await Should.ThrowAsync<InputException>(async () => await store.ReadAsync(name, 0, new byte[1], Token));
            await Should.ThrowAsync<InputException>(async () => await store.WriteAllBytesAsync(name, new byte[1], Token));
            await Should.ThrowAsync<InputException>(async () => await store.DeleteAsync(name, Token));
            await Should.ThrowAsync<InputException>(async () => await store.ListAsync(name, Token).ToListAsync(Token));
        }
    }
}
