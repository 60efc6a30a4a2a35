using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;

namespace DataCentric.Pipeline.Tests.Stages;

public sealed class RunCleanerTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_was_given_up_goes_and_nothing_else_does()
    {
        var store = new FolderStore(_folder["store"]);
        string[] kept = ["enhanced/set/ab/data.npy", "models/one/weights", "runs/abc/plan.json"];
        foreach (var name in kept.Concat(["runs/ab/plan.json", "runs/ab/input/pixels.bin", "runs/ab/shards/keep-00000.bin"]))
            await store.WriteAllBytesAsync(name, new byte[1], None);

        (await RunCleaner.PurgeAsync(PipelineStores.Within(store), "ab", None)).ShouldBe(3);
        (await RunCleaner.PurgeAsync(PipelineStores.Within(store), "ab", None)).ShouldBe(0);

        (await store.ListAsync("", None).Select(item => item.Name).ToListAsync(None)).ShouldBe(kept);
    }

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789ABCDEF", false)]
    [InlineData("0123456789abcde", false)]
    [InlineData("..", false)]
    [InlineData("", false)]
    public void Only_what_a_run_can_be_called_is_a_run_id(string text, bool expected) => RequestIdentity.IsRunId(text).ShouldBe(expected);

    [Fact]
    public void Runs_are_called_so() =>
        RequestIdentity.IsRunId(RequestIdentity.RunIdFor(new EnhancementRequest { RunId = "", Dataset = "set" }, "hash")).ShouldBeTrue();
}
