using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Requests;

namespace DataCentric.Pipeline.Workflow;

/// <summary>
/// The whole job: ingest, plan, surrogates, fan out over shards, assemble, verify, publish, export. Holds every decision and touches nothing:
/// the in-process runner and the durable orchestrator both run this method.
/// </summary>
public static class EnhancementWorkflow
{
    private const string NoDevice = "none, nothing was attacked";

    /// <summary>Runs the job to its end.</summary>
    /// <param name="context">The host.</param>
    /// <param name="request">A request without problems (<see cref="EnhancementRequest.Validate"/>).</param>
    /// <returns>Counts and place of the result.</returns>
    /// <exception cref="ShardsFailedException">Some shards failed for good; all others are done and stored.</exception>
    /// <exception cref="NoAttackWorkerException">No attack worker answered in time.</exception>
    public static async Task<EnhancementSummary> RunAsync(IWorkflowContext context, EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var clock = new StageClock(context);
        var finished = await context.CallActivityAsync(ActivityNames.FindFinished, request, RetryOptions.Default);
        if (finished.Summary is not null)
            return await ExportAsync();

        var set = await StageAsync(WorkflowPhase.Ingest, ActivityNames.Ingest, request);
        var plan = await StageAsync(WorkflowPhase.Plan, ActivityNames.Plan, new PlanInput(request, set));

        IReadOnlyList<SurrogateModel> surrogates = [];
        var device = NoDevice;
        if (plan.Adversarial > 0)
        {
            device = (await AttackWorkers.FindAsync(context, request.RunId)).Device;
            surrogates = await clock.MeasureAsync(WorkflowPhase.Surrogates, () => PrepareSurrogatesAsync(context, request, set));
        }

        var all = new ShardGroup(request, set, surrogates, [.. ShardsOf(request, plan)]);
        var shards = await clock.MeasureAsync(WorkflowPhase.Shards, () => ShardGroupWorkflow.RunAllAsync(context, all));
        shards.ThrowIfFailed(WorkflowPhase.Shards);

        var fanIn = new FanInInput(request, set, plan, surrogates);
        var assembled = await StageAsync(WorkflowPhase.Assemble, ActivityNames.Assemble, fanIn);
        await StageAsync(WorkflowPhase.Verify, ActivityNames.Verify, new VerifyInput(fanIn, assembled));
        var summary = await StageAsync(WorkflowPhase.Publish, ActivityNames.Publish, new PublishInput(fanIn, assembled, clock.Timings, device));
        if (request.Formats is not null)
            summary = await ExportAsync();
        context.Report(new WorkflowProgress(WorkflowPhase.Done, 1, 0, 1));
        return summary;

        Task<EnhancementSummary> ExportAsync() => StageAsync(WorkflowPhase.Export, ActivityNames.Export, request);

        Task<TOutput> StageAsync<TInput, TOutput>(WorkflowPhase phase, ActivityName<TInput, TOutput> activity, TInput input)
            where TInput : notnull
            where TOutput : class =>
            clock.MeasureAsync(phase, () => context.CallActivityAsync(activity, input, RetryOptions.Default));
    }

    private static async Task<IReadOnlyList<SurrogateModel>> PrepareSurrogatesAsync(
        IWorkflowContext context, EnhancementRequest request, IngestedSet set)
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

    /// <summary>All shards of a plan: the attacks first, because they take longest.</summary>
    private static IEnumerable<Shard> ShardsOf(EnhancementRequest request, PlanSummary plan) =>
    [
        .. Shard.Cut(SampleRole.Adversarial, plan.Adversarial, request.ShardSize, request.Attack.BatchSize),
        .. Shard.Cut(SampleRole.Corrupted, plan.Corrupted, request.ShardSize, request.Attack.BatchSize),
        .. Shard.Cut(SampleRole.Clean, plan.Clean, request.ShardSize, request.Attack.BatchSize),
    ];
}
