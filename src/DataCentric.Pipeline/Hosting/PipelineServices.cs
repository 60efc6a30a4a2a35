using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataCentric.Pipeline.Hosting;

/// <summary>Registers the pipeline.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Adds all activities under their names. The host adds <see cref="PipelineStores"/>, <see cref="Sets.IDatasetLocator"/>,
    /// <see cref="Attacks.IAdversary"/> and logging; and an <see cref="IActivityObserver"/> where somebody watches.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.TryAddSingleton<IActivityObserver, NullActivityObserver>();
        services.AddSingleton<PlanReader>();
        services.AddSingleton<EnsemblePool>();
        return services
            .AddActivity<FindFinishedActivity, Requests.EnhancementRequest, FinishedRun>(ActivityNames.FindFinished)
            .AddActivity<IngestActivity, Requests.EnhancementRequest, IngestedSet>(ActivityNames.Ingest)
            .AddActivity<PlanActivity, PlanInput, PlanSummary>(ActivityNames.Plan)
            .AddActivity<PrepareSurrogateActivity, SurrogateInput, SurrogateModel>(ActivityNames.PrepareSurrogate)
            .AddActivity<KeepShardActivity, ShardInput, ShardSummary>(ActivityNames.KeepShard)
            .AddActivity<AttackShardActivity, ShardInput, ShardSummary>(ActivityNames.AttackShard)
            .AddActivity<CorruptShardActivity, ShardInput, ShardSummary>(ActivityNames.CorruptShard)
            .AddActivity<AssembleActivity, FanInInput, AssembledSet>(ActivityNames.Assemble)
            .AddActivity<VerifyActivity, VerifyInput, VerificationReport>(ActivityNames.Verify)
            .AddActivity<PublishActivity, PublishInput, EnhancementSummary>(ActivityNames.Publish)
            .AddActivity<ExportActivity, Requests.EnhancementRequest, EnhancementSummary>(ActivityNames.Export);
    }

    private static IServiceCollection AddActivity<TActivity, TInput, TOutput>(this IServiceCollection services, ActivityName<TInput, TOutput> name)
        where TActivity : class, IActivity<TInput, TOutput>
        where TInput : notnull =>
        services.AddKeyedSingleton<IActivity<TInput, TOutput>, TActivity>(name.Name);
}
