using System.Text.Json;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Tests;

/// <summary>Working memory decides how many workers there are, and nothing else.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("256MB", 1)]
    [InlineData("1TB", 3)]
    public async Task A_dry_run_has_as_many_workers_as_fit(string memory, int workers)
    {
        var dry = await Tool.RunAsync([.. ShortRun.Arguments(_folder["a"]), "--dry-run", "--json", "--workers", "3", "--memory", memory]);

        dry.ExitCode.ShouldBe(0, dry.Error);
        using var estimate = JsonDocument.Parse(dry.Output);
        estimate.RootElement.GetProperty("workers").GetInt32().ShouldBe(workers);
    }

    [Fact]
    public async Task A_run_with_little_memory_says_so_and_gives_the_same_bytes()
    {
        var little = await Tool.RunAsync([.. ShortRun.Arguments(_folder["a"]), "--memory", "256MB"]);
        var usual = await Tool.RunAsync([.. ShortRun.Arguments(_folder["b"]), "--memory", "1TB"]);

        little.ExitCode.ShouldBe(0, little.Error);
        little.Error.ShouldContain("and there are 256 MB. Going on with one.");
        usual.ExitCode.ShouldBe(0, usual.Error);
        usual.Error.ShouldNotContain("Going on with one");
        ShortRun.Fingerprint(_folder["a"]).ShouldBe(ShortRun.Fingerprint(_folder["b"]));
    }

    [Fact]
    public async Task What_is_no_amount_of_memory_is_refused()
    {
        var refused = await Tool.RunAsync([.. ShortRun.Arguments(_folder["a"]), "--memory", "4"]);

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("--memory: '4' is not an amount of memory");
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1_919, 1)]
    [InlineData(1_920, 2)]
    [InlineData(2_630, 3)]
    [InlineData(1_000_000, 4)]
    public void Some_workers_train_and_others_attack(long memory, int workers)
    {
        var need = new RunMemory(Parent: 100, Shard: 10, Trainer: 900, Attacker: 700, Trainings: 2);

        need.With(1).ShouldBe(1_010);
        need.With(2).ShouldBe(1_920);
        need.With(3).ShouldBe(need.With(2) + 710);
        need.MostWorkers(4, memory).ShouldBe(workers);
    }
}
