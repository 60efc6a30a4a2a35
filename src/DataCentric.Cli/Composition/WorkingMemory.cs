using DataCentric.Adversarial.Isolation;

namespace DataCentric.Cli.Composition;

/// <summary>How many workers a run has: as many as are wanted, or as memory is enough for.</summary>
internal static class WorkingMemory
{
    private const long ProcessBytes = 500_000_000; // libtorch, .NET, a network
    private const long MostBytesOfPixel = 4096; // of all maps of one pixel of an image that a large network is trained on
    private const double ShareOfFree = 0.9;

    /// <summary>Memory that may be used: what was said, or most of what the machine or the container has left.</summary>
    /// <param name="said">The option; null where it was not given.</param>
    public static long Of(MemorySize? said) => said?.Bytes ?? (long)(ShareOfFree * Free());

    /// <summary>What the machine or the container has left, in bytes.</summary>
    public static long Free()
    {
        var info = GC.GetGCMemoryInfo();
        var left = info.TotalAvailableMemoryBytes - info.MemoryLoadBytes;
        return Math.Min(info.TotalAvailableMemoryBytes, AvailableOfLinux() ?? left);
    }

    /// <summary>Chooses; measures first where it is not plain that there is enough.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="workers">Most workers that are wanted.</param>
    /// <param name="memory">Memory that may be used, in bytes.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public static int Workers(EnhancementJob job, IsolatedAdversary adversary, int workers, long memory, CancellationToken cancellationToken)
    {
        using (var work = RunWork.Of(job, adversary, cancellationToken))
        {
            if (!work.Computes || MostBytes(work, workers) <= memory)
                return workers;
        }

        var need = RunMemory.Of(job, adversary, cancellationToken);
        var most = need.MostWorkers(workers, memory);
        if (need.With(most) > memory)
            Messages.Hint($"One worker needs about {new MemorySize(need.With(1))}, and there are {new MemorySize(memory)}. Going on with one. A smaller --attack-batch needs less, and gives another set.");
        else if (most < workers)
            Messages.Hint($"{most} of {workers} workers: each needs about {new MemorySize(need.With(2) - need.With(1))}, and there are {new MemorySize(memory)}.");
        return most;
    }

    private static long MostBytes(RunWork work, int workers)
    {
        var images = Math.Max(work.Request.Surrogates.BatchSize, 2 * work.Request.Attack.BatchSize);
        return ProcessBytes + (workers * (ProcessBytes + (images * MostBytesOfPixel * work.Set.Shape.PixelCount)));
    }

    /// <summary>What the kernel estimates that can be taken without swapping.</summary>
    private static long? AvailableOfLinux()
    {
        const string place = "/proc/meminfo";
        if (!File.Exists(place) || File.ReadLines(place).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)) is not { } line)
            return null;
        return long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes << 10 : null;
    }
}
