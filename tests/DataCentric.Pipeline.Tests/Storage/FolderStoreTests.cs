using System.Runtime.Versioning;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class FolderStoreTests : DataStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Path.Combine(_folder.Path, "store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_made_before_the_first_write()
    {
        new FolderStore(Root).Location.ShouldBe(Root);
        Directory.Exists(Root).ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_write_goes_on_its_temporary_file_is_beside_the_item_and_not_listed()
    {
        var store = new FolderStore(Root);
        await store.WriteAsync("a/item", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[500_000], token);
            Files().ShouldHaveSingleItem().ShouldMatch(@"^a/\.[0-9a-f]{16}\.datacentric-tmp$");
            (await ListAsync(store, "")).ShouldBeEmpty();
        }, Token);

        Files().ShouldBe(["a/item"]);
    }

    [Fact]
    public async Task A_failed_or_cancelled_write_leaves_no_temporary_file()
    {
        var store = new FolderStore(Root);
        await Should.ThrowAsync<InvalidDataException>(
            () => store.WriteAsync("a/item", (_, _) => throw new InvalidDataException("bad"), Token));
        await Should.ThrowAsync<OperationCanceledException>(
            () => store.WriteAsync("a/item", (_, _) => throw new OperationCanceledException(), Token));

        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Temporary_files_of_dead_processes_go_with_the_next_start_and_those_of_living_ones_stay()
    {
        var (dead, alive) = (Path.Combine(Root, "a", ".00000000000000aa.datacentric-tmp"), new FolderStore(Root));
        await alive.WriteAsync("a/slow", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[10], token);
            await File.WriteAllBytesAsync(dead, new byte[10], token);

            await new FolderStore(Root).WriteAllBytesAsync("a/quick", new byte[1], token);

            File.Exists(dead).ShouldBeFalse();
        }, Token);

        Files().ShouldBe(["a/quick", "a/slow"]);
    }

    [Fact]
    public async Task Stores_that_start_at_the_same_time_never_sweep_away_what_another_one_writes()
    {
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, token) =>
            await new FolderStore(Root).WriteAllBytesAsync($"a/item-{i % 20}", Bytes(i % 20, 3000), token));

        Files().Count.ShouldBe(20);
        (await new FolderStore(Root).ReadAllBytesAsync("a/item-19", Token)).ShouldBe(Bytes(19, 3000));
    }

    [Fact]
    public async Task Foreign_files_are_listed_only_when_their_names_could_be_items()
    {
        var store = new FolderStore(Root);
        await store.WriteAllBytesAsync("item", new byte[1], Token);
        File.WriteAllText(Path.Combine(Root, "by hand.txt"), "x");
        File.WriteAllText(Path.Combine(Root, ".0000.datacentric-tmp"), "x");
        if (!OperatingSystem.IsWindows())
            File.WriteAllText(Path.Combine(Root, "a:b"), "x");

        (await ListAsync(store, "")).ShouldBe(["by hand.txt", "item"]);
    }

    [Fact]
    public async Task A_pipe_named_as_a_temporary_file_stops_no_write()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        Directory.CreateDirectory(Root);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Root, ".0000.datacentric-tmp")]))
            await process.WaitForExitAsync(Token);

        await Task.Run(() => new FolderStore(Root).WriteAllBytesAsync("item", new byte[1], Token), Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Files().ShouldBe(["item"]);
    }

    [Fact]
    public async Task Where_a_folder_has_the_name_of_the_item_the_message_says_which_item()
    {
        var store = new FolderStore(Root);
        await store.WriteAllBytesAsync("a/b", new byte[1], Token);

        (await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("a", new byte[1], Token))).Message.ShouldContain("'a'");
        (await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("a/b/c", new byte[1], Token)))
            .Message.ShouldContain("'a/b/c'");
        Files().ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_gives_an_error_that_names_item_and_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder that even root cannot write to; Linux has /sys.");
        var store = new FolderStore("/sys/datacentric");

        var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("run.json", new byte[1], Token));

        e.Message.ShouldStartWith("/sys/datacentric: cannot write 'run.json': ");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_folder_gives_an_error_and_keeps_what_it_holds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Root and Windows ignore a folder's mode.");
        var store = new FolderStore(Root);
        await store.WriteAllBytesAsync("item", new byte[3], Token);
        File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            (await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync("item", new byte[1], Token)))
                .Message.ShouldContain("cannot write 'item'");
            (await Should.ThrowAsync<StoreException>(() => store.DeleteAsync("item", Token))).Message.ShouldContain("cannot delete 'item'");
            (await store.ReadAllBytesAsync("item", Token)).Length.ShouldBe(3);
        }
        finally
        {
            File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    protected override Task<IDataStore> NewStoreAsync() => Task.FromResult<IDataStore>(new FolderStore(Root));

    private List<string> Files() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Order().ToList();
}
