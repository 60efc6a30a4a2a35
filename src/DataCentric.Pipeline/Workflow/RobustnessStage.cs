using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Training;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Workflow;

/// <summary>The last stage, for requests that ask for it: trains networks on the raw and on the enhanced set, and compares them on test sets.</summary>
internal static class RobustnessStage
{
    /// <summary>Finds out before the expensive stages what would make the last one impossible.</summary>
    /// <returns>The test sets; null where the run is not to be scored.</returns>
    /// <exception cref="InputException">There is no such network, the raw set does not fit into memory, or the test sets do not fit the raw set.</exception>
    /// <exception cref="NoAttackWorkerException">Nobody who could train answered in time.</exception>
    public static async Task<TestSetSummary?> CheckAsync(IWorkflowContext context, EnhancementRequest request, IngestedSet set)
    {
        if (request.Score is null)
            return null;
        if (set.Count > set.MostInMemory)
        {
            throw new InputException($"score: the networks that score are trained on all images at once; {set.Count} of {set.Shape} do not fit into memory "
                + $"(2 GiB), {set.MostInMemory} do. Take so many (--limit), or leave the score out.");
        }

        var worker = await AttackWorkers.FindAsync(context, request.RunId);
        KnownNetworks.Require(request.Score.Init is null ? request.Score.Architectures : [], worker.Architectures ?? request.Score.Architectures);
        return await context.CallActivityAsync(ActivityNames.CheckTestSets, new TestSetsInput(request, set), RetryOptions.Default);
    }

    /// <summary>Checks that none of the run's surrogates attacked the test images; it is checked again when a network is scored.</summary>
    /// <exception cref="InputException">One did.</exception>
    public static void RequireHeldOut(TestSetSummary? test, IReadOnlyList<TrainedModel> surrogates) =>
        ScoreChecks.RequireHeldOut(test?.Attackers ?? [], surrogates.Select(model => model.Sha256).ToHashSet());

    /// <summary>Scores a published set. What goes wrong is told in the summary: the set is there all the same.</summary>
    public static async Task<EnhancementSummary> RunAsync(
        IWorkflowContext context, StageClock clock, EnhancementRequest request, IngestedSet set, TestSetSummary test, EnhancementSummary published)
    {
        try
        {
            return await clock.MeasureAsync(WorkflowPhase.Robustness, () => ScoreAsync(context, request, set, test));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.Logger.LogError(exception, "The set of run {Run} is published, but could not be scored", request.RunId);
            return published with { Score = new ScoreSummary(Raw: null, Enhanced: null, exception.Message) };
        }
    }

    private static async Task<EnhancementSummary> ScoreAsync(IWorkflowContext context, EnhancementRequest request, IngestedSet set, TestSetSummary test)
    {
        var networks = request.Score!.Networks().Select(network => new NetworkInput(request, set, test, network.Variant, network.Network, network.Seed));
        var outcome = await FanOut.RunAsync(context, WorkflowPhase.Robustness, context.Limits.MaxInFlight, [.. networks.Select(PartOf)]);
        outcome.ThrowIfFailed(WorkflowPhase.Robustness);
        return await context.CallActivityAsync(ActivityNames.Score, new GatherInput(request, set, test), RetryOptions.Default);

        FanOutPart PartOf(NetworkInput input) => FanOutPart.Of(
            input,
            lane: 0,
            new FanOutSize(1, 0, request.Score!.OptionsFor(input.Architecture).EpochsFor(set.Count)),
            () => context.CallActivityAsync(ActivityNames.ScoreNetwork, input, RetryOptions.Default));
    }
}
