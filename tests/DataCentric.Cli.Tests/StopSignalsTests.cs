namespace DataCentric.Cli.Tests;

/// <summary>How signals are heard.</summary>
public class StopSignalsTests
{
    [Fact]
    public async Task Verbs_that_compute_on_every_processor_leave_threads_that_signals_are_told_on()
    {
        (await StopSignals.RunAsync(_ => Task.FromResult(7))).ShouldBe(7);

        ThreadPool.GetMinThreads(out var atOnce, out _);

        atOnce.ShouldBeGreaterThanOrEqualTo(Environment.ProcessorCount + StopSignals.SpareThreads);
    }
}
