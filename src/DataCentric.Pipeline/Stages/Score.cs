using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Gathers the scores of all networks and writes them beside the published set.</summary>
    public static readonly ActivityName<GatherInput, EnhancementSummary> Score = new("Score");
}

/// <summary>Input of <see cref="ActivityNames.Score"/>.</summary>
/// <param name="Request">The request, whose networks are all scored.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Test">The test sets.</param>
public sealed record GatherInput(EnhancementRequest Request, IngestedSet Set, TestSetSummary Test) : StageInput(Request);

/// <summary>
/// Gathers the scores of all networks of a run: writes record and picture beside the published set, and its report and run record again,
/// and clears what only the run needed.
/// </summary>
/// <param name="stores">Where the run and its result lie.</param>
/// <param name="tries">Tries that failed on the way.</param>
/// <param name="adversary">Tells what computed.</param>
/// <param name="observer">Watches nothing here.</param>
internal sealed class ScoreActivity(PipelineStores stores, FailedTries tries, IAdversary adversary, IActivityObserver observer) : IActivity<GatherInput, EnhancementSummary>
{
    /// <exception cref="InvalidDataException">The score of a network is missing or broken.</exception>
    public async Task<EnhancementSummary> RunAsync(GatherInput input, CancellationToken cancellationToken)
    {
        var (request, scoring) = (input.Request, input.Request.Score!);
        var (layout, result) = (new RunLayout(request.RunId), stores.Result(request));
        var set = await EnhancedSet.OpenAsync(result, cancellationToken);
        var (store, networks) = (stores.Work.Below(layout.Robustness), new List<NetworkScore>());
        var initial = await InitialModel.ReadAsync(new ModelStore(stores.Models, adversary, observer), scoring, cancellationToken);
        var architectures = scoring.Init is null ? scoring.Architectures : [.. initial.Keys];
        foreach (var (seed, network, variant) in (scoring with { Architectures = architectures, Init = null }).Networks())
            networks.Add(await NetworkEvaluator.ReadAsync(store, NetworkEvaluator.NameOf(variant, network, seed), input.Test.Sha256, cancellationToken));
        var training = architectures.ToDictionary(architecture => architecture, scoring.OptionsFor);
        var variants = new RunVariants(stores, request, input.Set).Describe(set.Run);
        var record = ScoreRecord.Of(ScoreMeasure.Paper, input.Test, variants, training, networks, adversary.Device) with { Initial = InitialModel.HashesOf(initial) };
        await set.AddScoreAsync(record, scoring, await tries.ReadAsync(request.RunId, cancellationToken), cancellationToken);
        if (set.Run.FailedShards is null) // Else they may be done when the run is started again, and the rest is to be found then.
            await RunCleaner.ClearAsync(stores.Work, layout, cancellationToken);
        return set.Run.ToSummary(result.Location);
    }
}
