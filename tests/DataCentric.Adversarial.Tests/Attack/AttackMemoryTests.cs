using System.Diagnostics;
using DataCentric.Adversarial.Tests.Support;

namespace DataCentric.Adversarial.Tests.Attack;

/// <summary>Runs alone, so that the process's memory is that of one attack.</summary>
[CollectionDefinition(nameof(AttackMemoryTests), DisableParallelization = true)]
[Collection(nameof(AttackMemoryTests))]
public class AttackMemoryTests
{
    [Fact]
    public void Memory_is_flat_over_1000_iterations()
    {
        using var ensemble = TrainedSurrogates.Load();
        var batch = TrainedSurrogates.Batch(count: 2);
        ensemble.Attack(batch, new() { Iterations = 100 }, null, CancellationToken.None);
        var before = WorkingSet();

        ensemble.Attack(batch, new() { Iterations = 1000 }, null, CancellationToken.None);

        (WorkingSet() - before).ShouldBeLessThan(32 << 20); // an iteration makes 3 MB of tensors: a leak would be 3 GB
    }

    private static long WorkingSet()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
