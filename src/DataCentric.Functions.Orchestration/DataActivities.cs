using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using Microsoft.Azure.Functions.Worker;

namespace DataCentric.Functions;

/// <summary>The activities that need no GPU, under the names of <see cref="ActivityNames"/>.</summary>
/// <param name="runner">Runs them.</param>
public sealed class DataActivities(ActivityRunner runner)
{
    /// <summary>See <see cref="ActivityNames.FindFinished"/>.</summary>
    [Function(nameof(ActivityNames.FindFinished))]
    public Task<Reply<FinishedRun>> FindFinished([ActivityTrigger] EnhancementRequest input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.FindFinished, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Ingest"/>.</summary>
    [Function(nameof(ActivityNames.Ingest))]
    public Task<Reply<IngestedSet>> Ingest([ActivityTrigger] EnhancementRequest input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Ingest, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Plan"/>.</summary>
    [Function(nameof(ActivityNames.Plan))]
    public Task<Reply<PlanSummary>> Plan([ActivityTrigger] PlanInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Plan, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.CorruptShard"/>.</summary>
    [Function(nameof(ActivityNames.CorruptShard))]
    public Task<Reply<ShardSummary>> CorruptShard([ActivityTrigger] ShardInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.CorruptShard, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Assemble"/>.</summary>
    [Function(nameof(ActivityNames.Assemble))]
    public Task<Reply<AssembledSet>> Assemble([ActivityTrigger] AssembleInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Assemble, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Verify"/>.</summary>
    [Function(nameof(ActivityNames.Verify))]
    public Task<Reply<VerificationReport>> Verify([ActivityTrigger] VerifyInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Verify, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Publish"/>.</summary>
    [Function(nameof(ActivityNames.Publish))]
    public Task<Reply<EnhancementSummary>> Publish([ActivityTrigger] PublishInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Publish, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Export"/>.</summary>
    [Function(nameof(ActivityNames.Export))]
    public Task<Reply<EnhancementSummary>> Export([ActivityTrigger] EnhancementRequest input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Export, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.CheckTestSets"/>.</summary>
    [Function(nameof(ActivityNames.CheckTestSets))]
    public Task<Reply<TestSetSummary>> CheckTestSets([ActivityTrigger] TestSetsInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.CheckTestSets, input, cancellationToken);
}
