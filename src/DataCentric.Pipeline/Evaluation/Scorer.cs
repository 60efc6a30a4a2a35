using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// Scores networks on test sets P. Each trained network and each evaluation is a stored result under a name of its own, so a stopped
/// run goes on and ends with the same record.
/// </summary>
/// <param name="store">Receives networks, evaluations and the record.</param>
/// <param name="locator">Finds data sets.</param>
/// <param name="adversary">Trains and classifies.</param>
/// <param name="observer">Watches epochs.</param>
public sealed class Scorer(IDataStore store, IDatasetLocator locator, IAdversary adversary, IActivityObserver observer)
{
    /// <summary>Name of the record.</summary>
    public const string RecordName = "score.json";

    private readonly ModelShelf _shelf = new(store.Below("networks"), adversary, observer);
    private readonly NetworkScorer _networks = new(store.Below("scores"), adversary);

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
        var (arms, candidates) = request.Models.Count > 0
            ? await BroughtAsync(request, test, cancellationToken)
            : await TrainedAsync(request, test, cancellationToken);
        var scores = new NetworkScore[candidates.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(candidates.Index(), parallel, async (candidate, token) =>
            scores[candidate.Index] = await ScoreAsync(candidate.Item, test, token));
        var training = request.Models.Count > 0 ? null : request.Training;
        var record = ScoreRecord.Of(request.Measure, test.Record.ToSummary(), arms, training, scores, adversary.Device);
        await store.WriteJsonAsync(RecordName, record, PipelineJson.Indented, cancellationToken);
        return record;
    }

    private async Task<(IReadOnlyList<ScoreArm> Arms, IReadOnlyList<Candidate> Candidates)> TrainedAsync(
        ScoreRequest request, TestSet test, CancellationToken cancellationToken)
    {
        ScoreChecks.RequireKnown(request.Training.Keys, adversary.Architectures);
        var (arms, surrogates) = await TrainingArm.ReadAsync(request, locator, cancellationToken);
        ScoreChecks.RequireHeldOut(test.Record.Attackers, surrogates);
        ScoreChecks.RequireFit(test, arms[0].Data, cancellationToken);

        // Seed after seed, so that what a stopped run has is whole tables.
        var candidates =
            from seed in request.Seeds
            from training in request.Training
            from arm in arms
            select new Candidate(arm.Arm.Name, seed, token => TrainAsync(arm, arm.RequestFor(training.Key, seed, training.Value), token));
        return ([.. arms.Select(arm => arm.Arm)], [.. candidates]);
    }

    private async Task<(TrainedModel Model, byte[] Bytes)> TrainAsync(TrainingArm arm, TrainingRequest training, CancellationToken cancellationToken)
    {
        var name = NetworkScorer.NameOf(arm.Arm.Name, training.Architecture, training.Seed);
        var model = await _shelf.FindOrTrainAsync(name, arm.Data.Selection, training, cancellationToken);
        return (model, await _shelf.ReadAsync(model, cancellationToken));
    }

    private async Task<(IReadOnlyList<ScoreArm> Arms, IReadOnlyList<Candidate> Candidates)> BroughtAsync(
        ScoreRequest request, TestSet test, CancellationToken cancellationToken)
    {
        var (arms, candidates) = (new List<ScoreArm>(), new List<Candidate>());
        foreach (var (name, files) in new[] { ("baseline", request.BaselineModels), ("models", request.Models) }.Where(arm => arm.Item2.Count > 0))
        {
            arms.Add(new(name));
            var seen = new List<string>();
            foreach (var file in files)
            {
                var brought = await _shelf.BringAsync(file, test.Outline, cancellationToken);
                seen.Add(brought.Model.Architecture);
                var number = (ulong)seen.Count(architecture => architecture == brought.Model.Architecture);
                candidates.Add(new(name, number, _ => Task.FromResult(brought)));
            }
        }

        return (arms, candidates);
    }

    private async Task<NetworkScore> ScoreAsync(Candidate candidate, TestSet test, CancellationToken cancellationToken)
    {
        var (model, bytes) = await candidate.Prepare(cancellationToken);
        return await _networks.ScoreAsync(candidate.Arm, candidate.Seed, model, bytes, test, cancellationToken);
    }

    /// <summary>A network to be scored.</summary>
    private sealed record Candidate(string Arm, ulong Seed, Func<CancellationToken, Task<(TrainedModel Model, byte[] Bytes)>> Prepare);
}
