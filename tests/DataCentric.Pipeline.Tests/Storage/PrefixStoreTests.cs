using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class PrefixStoreTests : DataStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_view_shows_only_what_lies_below_its_prefix()
    {
        var store = new FolderStore(_folder.Path);
        var view = store.Below("runs/1");
        await store.WriteAllBytesAsync("runs/10/x", new byte[1], Token);

        await view.WriteAllBytesAsync("x", new byte[2], Token);

        (await store.FindAsync("runs/1/x", Token)).ShouldBe(new StoredItem("runs/1/x", 2));
        (await ListAsync(view, "")).ShouldBe(["x"]);
        view.Location.ShouldBe(store.Location + "/runs/1");
        Should.Throw<InputException>(() => store.Below("runs/"));
        Should.Throw<InputException>(() => store.Below(".."));
    }

    protected override Task<IDataStore> NewStoreAsync() => Task.FromResult(new FolderStore(_folder.Path).Below("views/one").Below("two"));
}
