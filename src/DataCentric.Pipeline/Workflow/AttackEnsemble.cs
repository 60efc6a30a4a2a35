using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Workflow;

/// <summary>The surrogates of a run, ready to be used.</summary>
/// <param name="Device">What computes on the attack workers.</param>
/// <param name="Surrogates">The networks, in ensemble order.</param>
internal sealed record AttackEnsemble(string Device, IReadOnlyList<TrainedModel> Surrogates)
{
    /// <summary>No surrogates: nothing is attacked, and chance chooses.</summary>
    public static AttackEnsemble None { get; } = new("none, nothing was attacked", []);

    /// <summary>Finds an attack worker, then loads or trains every surrogate.</summary>
    /// <exception cref="InputException">There is no such network.</exception>
    /// <exception cref="NoAttackWorkerException">None answered in time.</exception>
    /// <exception cref="ShardsFailedException">A surrogate could not be had.</exception>
    public static async Task<AttackEnsemble> PrepareAsync(IWorkflowContext context, StageClock clock, EnhancementRequest request, IngestedSet set)
    {
        var worker = await AttackWorkers.FindAsync(context, request.RunId);
        if (!request.HasModels && worker.Architectures is { } known)
            KnownNetworks.Require(request.Surrogates.Architectures, known);
        var surrogates = await clock.MeasureAsync(WorkflowPhase.Surrogates, () => PrepareAllAsync(context, request, set));
        return new AttackEnsemble(worker.Device, surrogates);
    }

    private static async Task<IReadOnlyList<TrainedModel>> PrepareAllAsync(IWorkflowContext context, EnhancementRequest request, IngestedSet set)
    {
        var models = new TrainedModel[request.EnsembleSize];
        var epochs = request.SurrogateModels is null ? request.Surrogates.EpochsFor(request.Surrogates.ImagesOf(set.Count, set.SoftClasses)) : 0;
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

/// <summary>Looks for a worker that can attack before anything is handed to one.</summary>
internal static class AttackWorkers
{
    /// <summary>Waits for the first answer of an attack worker, as long as the host's patience lasts.</summary>
    /// <returns>What computes there.</returns>
    /// <exception cref="NoAttackWorkerException">None answered in time.</exception>
    public static async Task<AttackWorker> FindAsync(IWorkflowContext context, string runId)
    {
        var answer = context.CallActivityAsync(ActivityNames.FindAttackWorker, new AttackWorkerQuery(runId));
        if (context.Limits.AttackWorkerPatience is { } patience)
        {
            using var giveUp = new CancellationTokenSource();
            var timer = context.DelayAsync(patience, giveUp.Token);
            if (await Task.WhenAny(answer, timer) == timer)
                throw new NoAttackWorkerException(patience);
            giveUp.Cancel(); // Not CancelAsync: its task is none of the context's.
        }

        return await answer;
    }
}

/// <summary>Nobody picked up the work of the attack stage.</summary>
/// <param name="patience">How long the workflow waited.</param>
internal sealed class NoAttackWorkerException(TimeSpan patience)
    : Exception($"No attack worker answered within {patience:g}: the app with the GPU activities is not deployed, cannot start, or uses another "
        + "task hub. Start the run again when it is there; what is finished is kept.");
