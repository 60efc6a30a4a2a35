using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;

namespace DataCentric.Pipeline.Tests.Stages;

/// <summary>Tries that failed are told, whichever process they failed in.</summary>
public sealed class FailedTriesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly EnhancementRequest Request = new() { RunId = "run", Dataset = "a" };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_try_that_failed_in_another_process_is_told_until_the_run_is_cleared()
    {
        var stores = PipelineStores.Within(new FolderStore(_folder["work"]));
        var (gpu, cpu) = (new FailedTries(stores), new FailedTries(stores));
        await gpu.AddAsync(Request, "AttackShard", "no memory");
        await gpu.AddAsync(Request, "AttackShard", "no memory");
        await gpu.AddAsync(Request with { RunId = "other" }, "Ingest", "no");

        var told = await cpu.ReadAsync("run", None);
        await RunCleaner.ClearAsync(stores.Work, new RunLayout("run"), None);

        told.ShouldBe([new FailedTry("AttackShard", "no memory"), new FailedTry("AttackShard", "no memory")]);
        (await cpu.ReadAsync("run", None)).ShouldBeEmpty();
        (await cpu.ReadAsync("other", None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_try_is_told_by_its_own_process_where_the_storage_cannot_be_written()
    {
        await File.WriteAllTextAsync(_folder["file"], "in the way of a folder");
        var tries = new FailedTries(new PipelineStores(new FolderStore(_folder["file"] + "/x"), new FolderStore(_folder["m"]), _ => new FolderStore(_folder["r"])));

        await tries.AddAsync(Request, "Ingest", "disk full");

        (await tries.ReadAsync("run", None)).ShouldBe([new FailedTry("Ingest", "disk full")]);
    }

    [Fact]
    public async Task Of_very_many_the_first_are_kept()
    {
        var stores = PipelineStores.Within(new FolderStore(_folder["work"]));
        var tries = new FailedTries(stores);
        for (var i = 0; i < 60; i++)
            await tries.AddAsync(Request, $"Part{i}", new string('x', 1000));

        var told = await tries.ReadAsync("run", None);

        told.Select(failed => failed.Part).ShouldBe(Enumerable.Range(0, 50).Select(i => $"Part{i}"));
        told.ShouldAllBe(failed => failed.Reason.Length < 400);
    }
}
