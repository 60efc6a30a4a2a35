using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataCentric.Pipeline.Hosting;

/// <summary>Registers the pipeline.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Adds all activities under their names. The host adds <see cref="PipelineStores"/>, <see cref="IDatasetLocator"/>,
    /// <see cref="Attacks.IAdversary"/> and logging; an <see cref="IActivityObserver"/> where somebody watches; and an
    /// <see cref="IProcessorMeter"/> where its processes serve one run alone.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services.AddDataActivities().AddAttackActivities();

    /// <summary>Adds stores in two containers of an account: <c>datasets</c> for uploads and <c>datacentric</c> for everything else.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="account">The account, see <see cref="DataStores.Open(string, string)"/>.</param>
    /// <param name="scratch">A folder of this machine with room for a data set, or for the images of a training.</param>
    public static IServiceCollection AddAccountStores(this IServiceCollection services, string account, string scratch) => services
        .AddSingleton(PipelineStores.Within(DataStores.Open(account, DataStores.DefaultContainer)) with { Scratch = scratch })
        .AddSingleton(new StoredDatasets(DataStores.Open(account, StoredDatasets.Container), scratch))
        .AddSingleton<IDatasetLocator>(provider => provider.GetRequiredService<StoredDatasets>());

    /// <summary>Adds the activities that need no torch: all but those of <see cref="AddAttackActivities"/>.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddDataActivities(this IServiceCollection services) =>
        services.AddShared()
            .AddActivity<FindFinishedActivity, EnhancementRequest, FinishedRun>(ActivityNames.FindFinished)
            .AddActivity<IngestActivity, EnhancementRequest, IngestedSet>(ActivityNames.Ingest)
            .AddActivity<PlanActivity, PlanInput, PlanSummary>(ActivityNames.Plan)
            .AddActivity<CorruptShardActivity, ShardInput, ShardSummary>(ActivityNames.CorruptShard)
            .AddActivity<AssembleActivity, AssembleInput, AssembledSet>(ActivityNames.Assemble)
            .AddActivity<VerifyActivity, VerifyInput, VerificationReport>(ActivityNames.Verify)
            .AddActivity<PublishActivity, PublishInput, EnhancementSummary>(ActivityNames.Publish)
            .AddActivity<ExportActivity, EnhancementRequest, EnhancementSummary>(ActivityNames.Export)
            .AddActivity<CheckTestSetsActivity, TestSetsInput, TestSetSummary>(ActivityNames.CheckTestSets);

    /// <summary>Adds the activities that train, attack, ask the surrogates and score.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddAttackActivities(this IServiceCollection services)
    {
        services.AddShared().TryAddSingleton<EnsemblePool>();
        services.TryAddSingleton<TrainingImages>();
        return services
            .AddActivity<FindAttackWorkerActivity, AttackWorkerQuery, AttackWorker>(ActivityNames.FindAttackWorker)
            .AddActivity<PrepareSurrogateActivity, SurrogateInput, TrainedModel>(ActivityNames.PrepareSurrogate)
            .AddActivity<ScoreShardActivity, ScoreInput, ShardSummary>(ActivityNames.ScoreShard)
            .AddActivity<AttackShardActivity, ShardInput, ShardSummary>(ActivityNames.AttackShard)
            .AddActivity<ScoreNetworkActivity, NetworkInput, ScoredNetwork>(ActivityNames.ScoreNetwork)
            .AddActivity<ScoreActivity, GatherInput, EnhancementSummary>(ActivityNames.Score);
    }

    private static IServiceCollection AddShared(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IActivityObserver, NullActivityObserver>();
        services.TryAddSingleton<FailedTries>();
        services.TryAddSingleton<PlanReader>();
        services.TryAddSingleton<ActivityRunner>();
        services.TryAddSingleton<RunStops>();
        return services;
    }

    private static IServiceCollection AddActivity<TActivity, TInput, TOutput>(this IServiceCollection services, ActivityName<TInput, TOutput> name)
        where TActivity : class, IActivity<TInput, TOutput>
        where TInput : notnull =>
        services.AddKeyedSingleton<IActivity<TInput, TOutput>, TActivity>(name.Name);
}
