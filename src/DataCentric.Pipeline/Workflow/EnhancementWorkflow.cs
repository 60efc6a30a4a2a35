using DataCentric.Attacks;
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
    /// <summary>Runs the job to its end.</summary>
    /// <param name="context">The host.</param>
    /// <param name="request">A request without problems (<see cref="EnhancementRequest.Validate"/>).</param>
    /// <returns>Counts and place of the result.</returns>
    /// <exception cref="ShardsFailedException">Some shards failed for good; all others are done and stored.</exception>
    public static async Task<EnhancementSummary> RunAsync(IWorkflowContext context, EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var clock = new StageClock(context);
        var finished = await context.CallActivityAsync(ActivityNames.FindFinished, request, RetryOptions.Default);
        if (finished.Summary is not null)
            return await ExportAsync(finished.Summary);

        var set = await StageAsync(WorkflowPhase.Ingest, ActivityNames.Ingest, request);
        var plan = await StageAsync(WorkflowPhase.Plan, ActivityNames.Plan, new PlanInput(request, set));

        IReadOnlyList<SurrogateModel> surrogates = [];
        if (plan.Adversarial > 0)
        {
            var training = Enumerable.Range(0, request.EnsembleSize).Select(position => new SurrogateInput(request, set, position)).ToArray();
            surrogates = await clock.MeasureAsync(WorkflowPhase.Surrogates, () => FanOut.RunAsync(
                context,
                WorkflowPhase.Surrogates,
                training,
                input => context.CallActivityAsync(ActivityNames.PrepareSurrogate, input, RetryOptions.Default),
                input => (0, input.Brought is null ? request.Surrogates.EpochsFor(Math.Min(set.Count, request.Surrogates.MaxTrainingImages)) : 0)));
        }

        var shards = ShardsOf(request, plan).Select(shard => new ShardInput(request, set, shard, surrogates)).ToArray();
        await clock.MeasureAsync(WorkflowPhase.Shards, () => FanOut.RunAsync(
            context,
            WorkflowPhase.Shards,
            shards,
            input => context.CallActivityAsync(ActivityFor(input.Shard.Role), input, RetryOptions.Default),
            input => (input.Shard.Count, input.Shard.Count * WorkOf(input.Shard.Role, request.Attack))));

        var fanIn = new FanInInput(request, set, plan, surrogates);
        var assembled = await StageAsync(WorkflowPhase.Assemble, ActivityNames.Assemble, fanIn);
        await StageAsync(WorkflowPhase.Verify, ActivityNames.Verify, new VerifyInput(fanIn, assembled));
        var summary = await StageAsync(WorkflowPhase.Publish, ActivityNames.Publish, new PublishInput(fanIn, assembled, clock.Timings));
        summary = await ExportAsync(summary);
        context.Report(new WorkflowProgress(WorkflowPhase.Done, 1, 0, 1));
        return summary;

        Task<EnhancementSummary> ExportAsync(EnhancementSummary published) => request.Formats is null
            ? Task.FromResult(published)
            : StageAsync(WorkflowPhase.Export, ActivityNames.Export, request);

        Task<TOutput> StageAsync<TInput, TOutput>(WorkflowPhase phase, ActivityName<TInput, TOutput> activity, TInput input)
            where TInput : notnull =>
            clock.MeasureAsync(phase, () => context.CallActivityAsync(activity, input, RetryOptions.Default));
    }

    /// <summary>All shards of a plan: the attacks first, because they take longest.</summary>
    private static IEnumerable<Shard> ShardsOf(EnhancementRequest request, PlanSummary plan) =>
    [
        .. Shard.Cut(SampleRole.Adversarial, plan.Adversarial, request.ShardSize, request.Attack.BatchSize),
        .. Shard.Cut(SampleRole.Corrupted, plan.Corrupted, request.ShardSize, request.Attack.BatchSize),
        .. Shard.Cut(SampleRole.Clean, plan.Clean, request.ShardSize, request.Attack.BatchSize),
    ];

    /// <summary>Work for one image in image-iterations of the attack; a corruption costs about a fiftieth of one.</summary>
    private static double WorkOf(SampleRole role, AttackOptions attack) => role == SampleRole.Adversarial ? attack.TotalIterations : 0.02;

    private static ActivityName<ShardInput, ShardSummary> ActivityFor(SampleRole role) => role switch
    {
        SampleRole.Adversarial => ActivityNames.AttackShard,
        SampleRole.Corrupted => ActivityNames.CorruptShard,
        _ => ActivityNames.KeepShard,
    };
}
