using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Requests;

namespace DataCentric.Pipeline.Workflow;

/// <summary>The surrogates of a run, ready to be used.</summary>
/// <param name="Device">What computes on the attack workers.</param>
/// <param name="Surrogates">The networks, in ensemble order.</param>
internal sealed record AttackEnsemble(string Device, IReadOnlyList<SurrogateModel> Surrogates)
{
    /// <summary>No surrogates: nothing is attacked, and chance chooses.</summary>
    public static AttackEnsemble None { get; } = new("none, nothing was attacked", []);

    /// <summary>Finds an attack worker, then loads or trains every surrogate.</summary>
    /// <exception cref="NoAttackWorkerException">None answered in time.</exception>
    /// <exception cref="ShardsFailedException">A surrogate could not be had.</exception>
    public static async Task<AttackEnsemble> PrepareAsync(IWorkflowContext context, StageClock clock, EnhancementRequest request, IngestedSet set)
    {
        var worker = await AttackWorkers.FindAsync(context, request.RunId);
        var surrogates = await clock.MeasureAsync(WorkflowPhase.Surrogates, () => PrepareAllAsync(context, request, set));
        return new AttackEnsemble(worker.Device, surrogates);
    }

    private static async Task<IReadOnlyList<SurrogateModel>> PrepareAllAsync(IWorkflowContext context, EnhancementRequest request, IngestedSet set)
    {
        var models = new SurrogateModel[request.EnsembleSize];
        var epochs = request.SurrogateModels is null ? request.Surrogates.EpochsFor(Math.Min(set.Count, request.Surrogates.MaxTrainingImages)) : 0;
        var size = new FanOutSize(1, 0, epochs);
        var outcome = await FanOut.RunAsync(
            context, WorkflowPhase.Surrogates, context.Limits.MaxInFlight, [.. Enumerable.Range(0, models.Length).Select(PartOf)]);
        outcome.ThrowIfFailed(WorkflowPhase.Surrogates);
        return models;

        FanOutPart PartOf(int position)
        {
            var input = new SurrogateInput(request, set, position);
            return FanOutPart.Of(
                input,
                lane: 0,
                size,
                () => context.CallActivityAsync(ActivityNames.PrepareSurrogate, input, RetryOptions.Default),
                model => models[position] = model);
        }
    }
}
