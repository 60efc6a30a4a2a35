using System.CommandLine;

namespace DataCentric.Cli.Tests;

/// <summary>How verbs are made to hear signals.</summary>
public class StoppableActionTests
{
    [Fact]
    public void Verbs_that_compute_on_every_processor_leave_threads_that_signals_are_told_on()
    {
        StoppableAction.Wrap(new RootCommand());

        ThreadPool.GetMinThreads(out var atOnce, out _);

        atOnce.ShouldBeGreaterThanOrEqualTo(Environment.ProcessorCount + StoppableAction.SpareThreads);
    }
}
