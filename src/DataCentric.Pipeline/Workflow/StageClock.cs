namespace DataCentric.Pipeline.Workflow;

/// <summary>Announces stages and notes how long each took, by the context's time, which may be set back meanwhile, and how much of the processors.</summary>
/// <param name="context">The host.</param>
internal sealed class StageClock(IWorkflowContext context)
{
    private readonly List<StageTiming> _timings = [];

    public IReadOnlyList<StageTiming> Timings => [.. _timings];

    public async Task<T> MeasureAsync<T>(WorkflowPhase phase, Func<Task<T>> stage)
    {
        var (start, used) = (context.Now, context.Processor);
        context.Report(new WorkflowProgress(phase, 0, 0, 1));
        var result = await stage();
        _timings.Add(new StageTiming(phase, Math.Max(0, (context.Now - start).TotalSeconds)) { ProcessorSeconds = context.Processor - used });
        return result;
    }
}
