using System.Diagnostics;

namespace DataCentric.Benchmarks.Attack;

/// <summary>Seconds by the wall and by the processor since it was made; the processor's are what a busy machine leaves comparable.</summary>
internal sealed class Clock
{
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly TimeSpan _before = Processor();

    public double WallSeconds => _wall.Elapsed.TotalSeconds;

    public double ProcessorSeconds => (Processor() - _before).TotalSeconds;

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
