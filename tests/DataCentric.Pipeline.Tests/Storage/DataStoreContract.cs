using CsCheck;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>What every store promises; each kind of store runs all of it. Here: what goes well.</summary>
public abstract partial class DataStoreContract
{
    /// <summary>Block size of the blob stores that run these tests.</summary>
    protected const int BlobBlockBytes = 256 * 1024;

    // More than two blocks of the blob store, and no whole number of them; more than any buffer.
    private const int LargeLength = (2 * BlobBlockBytes) + 12_345;

    /// <summary>An empty store.</summary>
    protected abstract Task<IDataStore> NewStoreAsync();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var store = await NewStoreAsync();
        var bytes = Bytes(1, 10_000);

        await store.WriteAllBytesAsync("runs/ab12/shards/attack-00003.npy", bytes, Token);

        (await store.ReadAllBytesAsync("runs/ab12/shards/attack-00003.npy", Token)).ShouldBe(bytes);
        (await store.FindAsync("runs/ab12/shards/attack-00003.npy", Token))
            .ShouldBe(new StoredItem("runs/ab12/shards/attack-00003.npy", 10_000));
    }

    [Fact]
    public async Task An_empty_item_exists_and_has_no_bytes()
    {
        var store = await NewStoreAsync();

        await store.WriteAsync("done", (_, _) => Task.CompletedTask, Token);

        (await store.FindAsync("done", Token)).ShouldBe(new StoredItem("done", 0));
        (await store.ReadAllBytesAsync("done", Token)).ShouldBeEmpty();
        await store.ReadAsync("done", 0, Memory<byte>.Empty, Token);
    }

    [Fact]
    public async Task A_later_write_replaces_the_item_whether_longer_or_shorter()
    {
        var store = await NewStoreAsync();

        foreach (var (seed, length) in new[] { (1, 1000), (2, 20), (3, LargeLength), (4, 7) })
        {
            await store.WriteAllBytesAsync("item", Bytes(seed, length), Token);
            (await store.ReadAllBytesAsync("item", Token)).AsSpan().SequenceEqual(Bytes(seed, length)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_large_item_written_in_odd_pieces_by_synchronous_and_asynchronous_writes_is_read_back()
    {
        var store = await NewStoreAsync();
        var bytes = Bytes(5, LargeLength);

        await store.WriteAsync("large", WriteInPieces, Token);

        (await store.FindAsync("large", Token)).ShouldBe(new StoredItem("large", LargeLength));
        (await store.ReadAllBytesAsync("large", Token)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();

        async Task WriteInPieces(Stream stream, CancellationToken token)
        {
            int[] pieces = [1, 70_001, 3, BlobBlockBytes, 999_999];
            for (int at = 0, i = 0; at < bytes.Length; i++)
            {
                var count = Math.Min(pieces[i % pieces.Length], bytes.Length - at);
                if (i % 2 == 0)
                    stream.Write(bytes, at, count);
                else
                    await stream.WriteAsync(bytes.AsMemory(at, count), token);
                at += count;
                stream.Position.ShouldBe(at);
            }
        }
    }

    [Fact]
    public async Task Any_range_is_read_exactly()
    {
        var store = await NewStoreAsync();
        var bytes = Bytes(6, 1000);
        await store.WriteAllBytesAsync("item", bytes, Token);

        await Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000]).SampleAsync(async (a, b) =>
        {
            var (offset, end) = (Math.Min(a, b), Math.Max(a, b));
            var buffer = new byte[end - offset];
            await store.ReadAsync("item", offset, buffer, Token);
            buffer.ShouldBe(bytes[offset..end]);
            using var stream = await store.OpenReadAsync("item", offset, Token);
            using var rest = new MemoryStream();
            await stream.CopyToAsync(rest, Token);
            rest.ToArray().ShouldBe(bytes[offset..]);
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_an_error_that_says_how_long_the_item_is()
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("shard.npy", Bytes(7, 100), Token);

        foreach (var offset in new[] { 91, 100, 101, 5000 })
        {
            var e = await Should.ThrowAsync<StoreItemBrokenException>(() => store.ReadAsync("shard.npy", offset, new byte[10], Token));
            e.Message.ShouldContain($"shard.npy' has 100 bytes; bytes {offset} to {offset + 10} were expected");
        }
        await Should.ThrowAsync<StoreItemBrokenException>(() => store.OpenReadAsync("shard.npy", 101, Token));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.OpenReadAsync("shard.npy", -1, Token));
    }

    [Fact]
    public async Task A_missing_item_is_null_to_find_an_error_to_read_and_nothing_to_delete()
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("folder/item", new byte[3], Token);

        foreach (var name in new[] { "nowhere", "folder", "folder/other", "other/item" })
        {
            (await store.FindAsync(name, Token)).ShouldBeNull();
            await store.DeleteAsync(name, Token);
            (await Should.ThrowAsync<StoreItemMissingException>(() => store.OpenReadAsync(name, 0, Token))).Message.ShouldContain(name);
            await Should.ThrowAsync<StoreItemMissingException>(() => store.ReadAsync(name, 0, new byte[1], Token));
            await Should.ThrowAsync<StoreItemMissingException>(() => store.ReadAsync(name, 0, Memory<byte>.Empty, Token));
        }
        (await ListAsync(store, "")).ShouldBe(["folder/item"]);
    }

    [Fact]
    public async Task A_deleted_item_is_gone()
    {
        var store = await NewStoreAsync();
        await store.WriteAllBytesAsync("a/b", new byte[3], Token);

        await store.DeleteAsync("a/b", Token);

        (await store.FindAsync("a/b", Token)).ShouldBeNull();
        (await ListAsync(store, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Listing_is_by_any_prefix_and_in_ordinal_order()
    {
        var store = await NewStoreAsync();
        string[] names = ["a-b", "a/b", "a/b-c", "a/bc/d", "a0", "A/z", "b/c", "runs/1/shard-10", "runs/1/shard-2", "runs/10/shard-1"];
        foreach (var name in names.Reverse())
            await store.WriteAllBytesAsync(name, new byte[2], Token);

        foreach (var prefix in new[] { "", "a", "a/", "a/b", "a/b/", "a/bc", "A", "runs/1", "runs/1/", "runs/1/shard-1", "zz", "zz/y" })
        {
            var expected = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            (await ListAsync(store, prefix)).ShouldBe(expected.ToList(), ignoreOrder: false, customMessage: $"prefix '{prefix}'");
        }
        (await store.ListAsync("a/b", Token).FirstAsync(Token)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Every_possible_name_works()
    {
        var store = await NewStoreAsync();
        await Gen.Select(Gen.Int[0, 1_000_000], Names.Valid).SampleAsync(async (number, text) =>
        {
            var name = $"{number}/{text}"; // No name is the folder of another.
            var content = System.Text.Encoding.UTF8.GetBytes(name);
            await store.WriteAllBytesAsync(name, content, Token);
            (await store.ReadAllBytesAsync(name, Token)).ShouldBe(content);
            (await ListAsync(store, name)).ShouldContain(name);
            await store.DeleteAsync(name, Token);
            (await store.FindAsync(name, Token)).ShouldBeNull();
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_document_comes_back_equal_and_a_broken_one_is_named()
    {
        var store = await NewStoreAsync();
        var document = new Document("plan", 7, DayOfWeek.Friday);

        await store.WriteJsonAsync("plan.json", document, PipelineJson.Indented, Token);
        await store.WriteAllBytesAsync("broken.json", "{\n \"name\": 5"u8.ToArray(), Token);
        await store.WriteAllBytesAsync("null.json", "null"u8.ToArray(), Token);

        (await store.ReadJsonAsync<Document>("plan.json", PipelineJson.Indented, Token)).ShouldBe(document);
        System.Text.Encoding.UTF8.GetString(await store.ReadAllBytesAsync("plan.json", Token))
            .ShouldBe("{\n  \"name\": \"plan\",\n  \"seed\": 7,\n  \"day\": \"friday\"\n}");
        (await Should.ThrowAsync<StoreItemBrokenException>(() => store.ReadJsonAsync<Document>("broken.json", PipelineJson.Indented, Token)))
            .Message.ShouldContain("'broken.json' is not the JSON of Document");
        await Should.ThrowAsync<StoreItemBrokenException>(() => store.ReadJsonAsync<Document>("null.json", PipelineJson.Indented, Token));
        await Should.ThrowAsync<StoreItemMissingException>(() => store.ReadJsonAsync<Document>("absent.json", PipelineJson.Indented, Token));
    }

    protected static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static async Task<List<string>> ListAsync(IDataStore store, string prefix) =>
        await store.ListAsync(prefix, Token).Select(i => i.Name).ToListAsync(Token);

    private sealed record Document(string Name, int Seed, DayOfWeek Day);
}
