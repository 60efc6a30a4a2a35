using System.Text;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>What lies in a place that is written to, and who may write there; in a folder and in blob storage.</summary>
public sealed class OutputClaimTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static OutputClaim Claim => new("corrupt", "one", ["rain/data.npy", "manifest.jsonl", "extra/"]) { Overwrite = false };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("folder", "manifest.jsonl")]
    [InlineData("folder", "extra/mine")]
    [InlineData("blobs", "rain/data.npy")]
    public async Task What_no_record_names_is_refused_and_stays(string kind, string name)
    {
        var store = Open(kind, "refused-" + name.Replace('/', '-').Replace('.', '-'));
        await WriteAsync(store, name, "mine");

        var refusal = await Should.ThrowAsync<InputException>(() => TakeAsync(store, Claim));

        refusal.Message.ShouldContain($"holds '{name}', which this would overwrite");
        refusal.Message.ShouldContain("--overwrite");
        (await NamesAsync(store)).ShouldBe([name]);
        (await ReadAsync(store, name)).ShouldBe("mine");
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("blobs")]
    public async Task The_same_again_goes_on_and_another_is_refused_until_the_first_is_given_up(string kind)
    {
        var store = Open(kind, "again");
        await TakeAsync(store, Claim);
        foreach (var name in new[] { "rain/data.npy", "extra/1", "beside.txt" })
            await WriteAsync(store, name, "one");
        await TakeAsync(store, Claim);

        var other = Claim with { Identity = "two", Names = ["snow/data.npy"] };
        (await Should.ThrowAsync<InputException>(() => TakeAsync(store, other))).Message.ShouldContain("the result of another 'corrupt', such as 'rain/data.npy'");
        await TakeAsync(store, other with { Overwrite = true });

        (await NamesAsync(store)).ShouldBe([".datacentric/corrupt.json", "beside.txt"]);
        await Should.NotThrowAsync(() => TakeAsync(store, other));
    }

    [Fact]
    public async Task Overwriting_leaves_alone_what_nobody_recorded_below_a_folder_and_takes_companions_along()
    {
        var store = Open("folder", "");
        foreach (var name in new[] { "extra/mine", "manifest.jsonl", "parquet/part" })
            await WriteAsync(store, name, "mine");

        await TakeAsync(store, Claim with { Overwrite = true, Companions = _ => Task.FromResult<IReadOnlyList<string>>(["parquet/part"]) });

        (await NamesAsync(store)).ShouldBe([".datacentric/corrupt.json", "extra/mine"]);
    }

    [Fact]
    public async Task A_sign_of_its_own_is_as_good_as_a_record_and_one_that_was_changed_is_none()
    {
        var store = Open("folder", "");
        await WriteAsync(store, "manifest.jsonl", "ours");
        await TakeAsync(store, Claim with { IsOwn = _ => Task.FromResult(true) });
        (await ReadAsync(store, "manifest.jsonl")).ShouldBe("ours");
        await WriteAsync(store, ".datacentric/corrupt.json", (await ReadAsync(store, ".datacentric/corrupt.json")).Replace("one", "two", StringComparison.Ordinal));

        await Should.ThrowAsync<InputException>(() => TakeAsync(store, Claim));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("blobs")]
    public async Task While_one_writes_another_is_refused_whatever_its_verb(string kind)
    {
        var store = Open(kind, "busy");
        await using (await Claim.TakeAsync(store, null, Token))
            (await Should.ThrowAsync<InputException>(() => TakeAsync(store, Claim with { Verb = "testset" }))).Message.ShouldContain("another process writes here");

        await Should.NotThrowAsync(() => TakeAsync(store, Claim));
    }

    private static async Task TakeAsync(IDataStore store, OutputClaim claim)
    {
        await using var held = await claim.TakeAsync(store, null, Token);
    }

    private static Task WriteAsync(IDataStore store, string name, string text) => store.WriteAllBytesAsync(name, Encoding.UTF8.GetBytes(text), Token);

    private static async Task<string> ReadAsync(IDataStore store, string name) => Encoding.UTF8.GetString(await store.ReadAllBytesAsync(name, Token));

    private static async Task<List<string>> NamesAsync(IDataStore store) => await store.ListAsync("", Token).Select(item => item.Name).ToListAsync(Token);

    private IDataStore Open(string kind, string prefix) =>
        kind == "folder" ? new FolderStore(_folder["place"]) : DataStores.Open($"{azurite.ConnectionString}Container=claims;Prefix={prefix}");
}
