using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Trains one network on the raw or on the enhanced set and tests it.</summary>
    public static readonly ActivityName<NetworkInput, ScoredNetwork> ScoreNetwork = new("ScoreNetwork");
}

/// <summary>Input of <see cref="ActivityNames.ScoreNetwork"/>.</summary>
/// <param name="Request">The request; it is to be scored.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Test">The test sets.</param>
/// <param name="Variant">What the network is trained on: <c>raw</c> or <c>enhanced</c>.</param>
/// <param name="Architecture">Registry name, or name in the model store of the network that training begins with.</param>
/// <param name="Seed">Seed of the training.</param>
public sealed record NetworkInput(EnhancementRequest Request, IngestedSet Set, TestSetSummary Test, string Variant, string Architecture, ulong Seed) : StageInput(Request)
{
    private const int ShownDigits = 8;

    /// <summary>Whether training begins with a trained network.</summary>
    [JsonIgnore]
    public bool IsFineTuned => Request.Score?.Init is not null;

    /// <summary>What the network is called in file names.</summary>
    internal string Name => NetworkEvaluator.NameOf(Variant, IsFineTuned ? $"model-{Path.GetFileNameWithoutExtension(Architecture)[^ShownDigits..]}" : Architecture, Seed);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Part => $"network {Name}";
}

/// <summary>A network whose score is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="R">Mean of its three accuracies on the test sets, 0 to 100 %.</param>
public sealed record ScoredNetwork(string Name, double R);

/// <summary>
/// Trains one network on one of the two sets of a published run and tests it on the test sets. The network goes to the model store under the hash of
/// data and options, so that runs on the same raw set share those of the baseline; its score to the run.
/// </summary>
/// <param name="stores">Where the run, its result and the models lie.</param>
/// <param name="locator">Finds the test sets.</param>
/// <param name="adversary">Trains and classifies.</param>
/// <param name="observer">Watches epochs.</param>
internal sealed class ScoreNetworkActivity(PipelineStores stores, IDatasetLocator locator, IAdversary adversary, IActivityObserver observer)
    : IActivity<NetworkInput, ScoredNetwork>
{
    /// <exception cref="InputException">The test sets are others than were checked, or an attacker of theirs was a surrogate of the run.</exception>
    public async Task<ScoredNetwork> RunAsync(NetworkInput input, CancellationToken cancellationToken)
    {
        var (request, scoring) = (input.Request, input.Request.Score!);
        var run = (await EnhancedSet.OpenAsync(stores.Result(request), cancellationToken)).Run;
        if (run.Input != input.Set)
            throw new InputException($"Data set '{request.Dataset}' is not the one that the published set was made from.");
        ScoreChecks.RequireHeldOut(input.Test.Attackers, run.Surrogates.Select(model => model.Sha256).ToHashSet());
        var test = await TestSet.ReadAsync(locator, scoring.Test, cancellationToken);
        if (test.Record.Sha256 != input.Test.Sha256)
            throw new InputException($"Test sets '{scoring.Test}' changed while the run was scored; start it again.");

        var variant = await new RunVariants(stores, request, input.Set).ReadAsync(input.Variant, run, cancellationToken);
        var (architecture, initial) = input.IsFineTuned
            ? await new ModelStore(stores.Models, adversary, observer).ReadInitialAsync(input.Architecture, "score.init", $"Model {input.Architecture}", cancellationToken)
            : (input.Architecture, null);
        var training = variant.RequestFor(architecture, input.Seed, scoring.OptionsFor(architecture), initial);
        var key = ModelStore.KeyOf(variant.Data.Selection, training);
        var models = new ModelStore(stores.Models.Below($"models/{key[..16]}"), adversary, observer);
        var evaluator = new NetworkEvaluator(models, stores.Work.Below(new RunLayout(request.RunId).Robustness), adversary, test);
        var score = await evaluator.TrainAndScoreAsync(variant, training, cancellationToken);
        return new(input.Name, score.Accuracies.R);
    }
}
