using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions;

/// <summary>The activities that train, attack, ask the surrogates and score, under the names of <see cref="ActivityNames"/>.</summary>
/// <param name="runner">Runs them.</param>
public sealed class TorchActivities(ActivityRunner runner)
{
    /// <summary>See <see cref="ActivityNames.FindAttackWorker"/>.</summary>
    [Function(nameof(ActivityNames.FindAttackWorker))]
    public Task<Reply<AttackWorker>> FindAttackWorker([ActivityTrigger] AttackWorkerQuery input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.FindAttackWorker, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.PrepareSurrogate"/>.</summary>
    [Function(nameof(ActivityNames.PrepareSurrogate))]
    public Task<Reply<TrainedModel>> PrepareSurrogate([ActivityTrigger] SurrogateInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.PrepareSurrogate, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.ScoreShard"/>.</summary>
    [Function(nameof(ActivityNames.ScoreShard))]
    public Task<Reply<ShardSummary>> ScoreShard([ActivityTrigger] ScoreInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.ScoreShard, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.AttackShard"/>.</summary>
    [Function(nameof(ActivityNames.AttackShard))]
    public Task<Reply<ShardSummary>> AttackShard([ActivityTrigger] ShardInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.AttackShard, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.ScoreNetwork"/>.</summary>
    [Function(nameof(ActivityNames.ScoreNetwork))]
    public Task<Reply<ScoredNetwork>> ScoreNetwork([ActivityTrigger] NetworkInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.ScoreNetwork, input, cancellationToken);

    /// <summary>See <see cref="ActivityNames.Score"/>.</summary>
    [Function(nameof(ActivityNames.Score))]
    public Task<Reply<EnhancementSummary>> Score([ActivityTrigger] GatherInput input, CancellationToken cancellationToken) =>
        runner.ReplyAsync(ActivityNames.Score, input, cancellationToken);
}

/// <summary>Registers what they need.</summary>
public static class TorchServices
{
    /// <summary>Adds the activities that train and attack, on libtorch.</summary>
    /// <param name="builder">The app.</param>
    public static FunctionsApplicationBuilder AddTorch(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IAdversary, TorchAdversary>().AddAttackActivities();
        return builder;
    }
}
