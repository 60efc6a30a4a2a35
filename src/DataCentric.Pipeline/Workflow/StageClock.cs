namespace DataCentric.Pipeline.Workflow;

/// <summary>Announces stages and notes how long each took, by the context's time, which may be set back meanwhile, and how much of the processors.</summary>
/// <param name="context">The host.</param>
internal sealed class StageClock(IWorkflowContext context)
{
    private readonly List<StageTiming> _timings = [];

    public IReadOnlyList<StageTiming> Timings => [.. _timings];

    /// <summary>Runs a stage.</summary>
    /// <param name="phase">Which.</param>
    /// <param name="stage">Does it.</param>
    /// <param name="imagesOf">Images that went through it, told when it is done; null for a stage that tells itself how far it is, or works on something else.</param>
    public async Task<T> MeasureAsync<T>(WorkflowPhase phase, Func<Task<T>> stage, Func<T, int>? imagesOf = null)
    {
        var (start, used) = (context.Now, context.Processor);
        context.Report(new WorkflowProgress(phase, 0, 0, 1));
        var result = await stage();
        _timings.Add(new StageTiming(phase, Math.Max(0, (context.Now - start).TotalSeconds)) { ProcessorSeconds = context.Processor - used });
        if (imagesOf?.Invoke(result) is { } images)
            context.Report(new WorkflowProgress(phase, 1, 0, 1, images, images));
        return result;
    }
}
