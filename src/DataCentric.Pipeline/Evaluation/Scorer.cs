using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// Scores networks on test sets. Each trained network and each evaluation is a stored result under a name of its own, so a stopped
/// run goes on and ends with the same record.
/// </summary>
/// <param name="store">Receives networks, evaluations and the record.</param>
/// <param name="locator">Finds data sets.</param>
/// <param name="adversary">Trains and classifies.</param>
/// <param name="observer">Watches epochs, and is told what is remarkable about the data sets.</param>
public sealed class Scorer(IDataStore store, IDatasetLocator locator, IAdversary adversary, IActivityObserver observer)
{
    /// <summary>Name of the record.</summary>
    public const string RecordName = "score.json";

    private readonly ModelStore _models = new(store.Below("networks"), adversary, observer);

    /// <summary>What is written to a folder; scores of any networks may follow each other in one.</summary>
    /// <param name="store">The folder.</param>
    public static OutputClaim ClaimOn(IDataStore store) => new("score", "", ["networks/", "scores/", RecordName, ScoreChart.FileName])
    {
        IsOwn = async token => await store.FindAsync(ResultFiles.Run, token) is null // That of an enhanced set belongs to the set.
            && await store.TryReadJsonAsync<ScoreRecord>(RecordName, PipelineJson.Indented, token) is not null,
    };

    /// <summary>Trains what is to be trained, scores all, and writes the record.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="test">The test sets.</param>
    /// <param name="workers">Networks worked on at once, at least 1; does not change the result.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    /// <exception cref="InputException">Data or networks do not fit the test sets or each other, or test images leak.</exception>
    public async Task<ScoreRecord> RunAsync(ScoreRequest request, TestSet test, int workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(test);
        request.Validated();
        var initial = InitialModel.Read(request.Init, adversary, cancellationToken);
        if (initial.Count > 0 && !initial.Keys.ToHashSet().SetEquals(request.Training.Keys))
            throw new InputException($"The models are {string.Join(", ", initial.Keys)}, but {string.Join(", ", request.Training.Keys)} are to be trained.");
        var evaluator = new NetworkEvaluator(_models, store.Below("scores"), adversary, test, request.WhiteBox);
        var (variants, networks) = request.Models.Count > 0
            ? await ImportedAsync(request, test, evaluator, cancellationToken)
            : await TrainedAsync(request, initial, test, evaluator, cancellationToken);

        var scores = new NetworkScore[networks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(networks.Index(), parallel, async (network, token) => scores[network.Index] = await network.Item(token));
        var training = request.Models.Count > 0 ? null : request.Training;
        var record = ScoreRecord.Of(request.Measure, test.Record.ToSummary(), variants, training, scores, adversary.Device) with
        {
            Initial = InitialModel.HashesOf(initial),
        };
        await store.WriteJsonAsync(RecordName, record, PipelineJson.Indented, cancellationToken);
        return record;
    }

    private async Task<(IReadOnlyList<TrainingSetVariant> Variants, IReadOnlyList<Func<CancellationToken, Task<NetworkScore>>> Networks)> TrainedAsync(
        ScoreRequest request, IReadOnlyDictionary<string, byte[]> initial, TestSet test, NetworkEvaluator evaluator, CancellationToken cancellationToken)
    {
        KnownNetworks.Require(request.Training.Keys, adversary.Architectures);
        var (variants, surrogates) = await LoadedVariant.ReadAsync(request, locator, observer, cancellationToken);
        ScoreChecks.RequireHeldOut(test.Record.Attackers, surrogates);
        ScoreChecks.RequireFit(test, variants[0].Data, cancellationToken);

        // Seed after seed, so that what a stopped run has is whole tables.
        var networks =
            from seed in request.Seeds
            from training in request.Training
            from variant in variants
            select (Func<CancellationToken, Task<NetworkScore>>)(token =>
                evaluator.TrainAndScoreAsync(variant, variant.RequestFor(training.Key, seed, training.Value, initial.GetValueOrDefault(training.Key)), token));
        return ([.. variants.Select(variant => variant.Variant)], [.. networks]);
    }

    private async Task<(IReadOnlyList<TrainingSetVariant> Variants, IReadOnlyList<Func<CancellationToken, Task<NetworkScore>>> Networks)> ImportedAsync(
        ScoreRequest request, TestSet test, NetworkEvaluator evaluator, CancellationToken cancellationToken)
    {
        var (variants, networks) = (new List<TrainingSetVariant>(), new List<Func<CancellationToken, Task<NetworkScore>>>());
        foreach (var (name, files) in new[] { ("baseline", request.BaselineModels), ("models", request.Models) }.Where(variant => variant.Item2.Count > 0))
        {
            variants.Add(new(name));
            var seen = new List<string>();
            foreach (var file in files)
            {
                var (model, bytes) = _models.ReadFile(file, test.Outline);
                seen.Add(model.Architecture);
                var number = (ulong)seen.Count(architecture => architecture == model.Architecture);
                networks.Add(token => evaluator.ScoreAsync(name, number, model, bytes, token));
            }
        }

        return (variants, networks);
    }
}
