using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Workflow;

/// <summary>
/// The whole job: ingest, plan, surrogates, fan out over shards, assemble, verify, publish, export, score; where surrogates choose who becomes
/// what, they come before the plan. Holds every decision and touches nothing: the in-process runner and the durable orchestrator both run this method.
/// </summary>
public static class EnhancementWorkflow
{
    /// <summary>Runs the job to its end.</summary>
    /// <param name="context">The host.</param>
    /// <param name="request">A request without problems (<see cref="EnhancementRequest.Validate"/>).</param>
    /// <returns>Counts and place of the result.</returns>
    /// <exception cref="ShardsFailedException">More shards failed for good than the request allows; all others are done and stored.</exception>
    /// <exception cref="NoAttackWorkerException">No attack worker answered in time.</exception>
    public static async Task<EnhancementSummary> RunAsync(IWorkflowContext context, EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var clock = new StageClock(context);
        var finished = await context.CallActivityAsync(ActivityNames.FindFinished, request, RetryOptions.Default);
        if (finished.Summary is not null)
            return await FinishAsync(finished.Summary);

        var set = await StageAsync(WorkflowPhase.Ingest, ActivityNames.Ingest, request, ingested => ingested.Count);
        RequireAttackable(request, set);
        var test = await RobustnessStage.CheckAsync(context, request, set);
        var ensemble = AttackEnsemble.None;
        IReadOnlyList<ScoreShard> scored = [];
        if (request.AsksSurrogates)
        {
            ensemble = await AttackEnsemble.PrepareAsync(context, clock, request, set);
            scored = await clock.MeasureAsync(WorkflowPhase.Scores, () => ScoreStage.RunAsync(context, request, set, ensemble.Surrogates));
        }

        var plan = await StageAsync(WorkflowPhase.Plan, ActivityNames.Plan, new PlanInput(request, set, scored), _ => set.Count);
        if (plan.Adversarial > 0 && ensemble == AttackEnsemble.None)
            ensemble = await AttackEnsemble.PrepareAsync(context, clock, request, set);

        RobustnessStage.RequireHeldOut(test, ensemble.Surrogates);
        var all = new ShardGroup(request, set, ensemble.Surrogates, SpansOf(request, set, plan));
        var shards = await clock.MeasureAsync(WorkflowPhase.Shards, () => ShardGroupWorkflow.RunAsync(context, all));
        var failed = ToleratedLoss.Of(all, shards);

        var assemble = new AssembleInput(request, set, plan, ensemble.Surrogates) { Seen = scored, Failed = failed };
        var assembled = await StageAsync(WorkflowPhase.Assemble, ActivityNames.Assemble, assemble, _ => set.Count);
        await StageAsync(WorkflowPhase.Verify, ActivityNames.Verify, new VerifyInput(request, set, assembled), _ => set.Count);
        var publish = new PublishInput(request, set, plan.Without(failed), ensemble.Surrogates, assembled, clock.Timings, ensemble.Device) { Failed = failed };
        var summary = await StageAsync(WorkflowPhase.Publish, ActivityNames.Publish, publish);
        if (request.Formats is not null)
            summary = await ExportAsync();
        if (test is not null)
            summary = await RobustnessStage.RunAsync(context, clock, request, set, test, summary);
        context.Report(new WorkflowProgress(WorkflowPhase.Done, 1, failed.Count, 1));
        return summary;

        // A finished set may lack formats, and a score; for that the raw set is read again unless it lies there still.
        async Task<EnhancementSummary> FinishAsync(EnhancementSummary found)
        {
            var exported = await ExportAsync();
            if (request.Score is not null && found.Score is null)
            {
                var raw = await StageAsync(WorkflowPhase.Ingest, ActivityNames.Ingest, request, ingested => ingested.Count);
                exported = await RobustnessStage.RunAsync(
                    context, clock, request, raw, (await RobustnessStage.CheckAsync(context, request, raw))!, exported);
            }

            context.Report(new WorkflowProgress(WorkflowPhase.Done, 1, 0, 1));
            return exported;
        }

        Task<EnhancementSummary> ExportAsync() => StageAsync(WorkflowPhase.Export, ActivityNames.Export, request, exported => exported.Count);

        Task<TOutput> StageAsync<TInput, TOutput>(WorkflowPhase phase, ActivityName<TInput, TOutput> activity, TInput input, Func<TOutput, int>? imagesOf = null)
            where TInput : notnull
            where TOutput : class =>
            clock.MeasureAsync(phase, () => context.CallActivityAsync(activity, input, RetryOptions.Default), imagesOf);
    }

    /// <summary>All shards of a plan: the attacks first, because they take longest. Clean samples have none; they are taken from the canonical set.</summary>
    private static ShardSpan[] SpansOf(EnhancementRequest request, IngestedSet set, PlanSummary plan)
    {
        var size = set.ShardSizeFor(request);
        ShardSpan[] spans =
        [
            ShardSpan.Of(SampleRole.Adversarial, plan.Adversarial, size, request.Attack.BatchSize),
            ShardSpan.Of(SampleRole.Corrupted, plan.Corrupted, size, request.Attack.BatchSize),
        ];
        return [.. spans.Where(span => span.Count > 0)];
    }

    /// <summary>A batch is attacked as a whole: where it does not fit, no shard can hold it. A loss may need more classes than there are.</summary>
    private static void RequireAttackable(EnhancementRequest request, IngestedSet set)
    {
        if (request.Attack.LossProblem(set.ClassCount) is { } problem)
            throw new InputException(problem);
        if (request.Attack.BatchSize > set.MostInMemory / 2)
            throw new InputException($"attackBatch: {request.Attack.BatchSize} images of {set.Shape} do not fit into memory at once; take {set.MostInMemory / 2} or fewer.");
    }
}
