using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// Trains networks on the sets that are compared, and scores them on test sets P: the one way, for the verb <c>score</c> and for the last
/// stage of a run. Each score is kept in a store, sealed by its hash: a network that was scored on the same test sets is not asked again.
/// </summary>
/// <param name="models">The model store.</param>
/// <param name="scores">Holds the scores.</param>
/// <param name="adversary">Loads networks.</param>
/// <param name="test">The test sets.</param>
/// <param name="whiteBox">Whether each network is attacked itself, too.</param>
internal sealed class NetworkEvaluator(ModelStore models, IDataStore scores, IAdversary adversary, TestSet test, bool whiteBox = false)
{
    /// <summary>What a network is called in file names.</summary>
    /// <param name="variant">Name of the training set.</param>
    /// <param name="architecture">Registry name.</param>
    /// <param name="seed">Seed of its training, or its number.</param>
    public static string NameOf(string variant, string architecture, ulong seed) => $"{variant.Replace(':', '-')}-{architecture}-seed{seed}";

    /// <summary>Finds or trains a network, and finds or makes its score.</summary>
    /// <param name="variant">What it is trained on.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public async Task<NetworkScore> TrainAndScoreAsync(LoadedVariant variant, TrainingRequest request, CancellationToken cancellationToken)
    {
        var name = variant.Variant.Name;
        var model = await models.FindOrTrainAsync(NameOf(name, request.Architecture, request.Seed), variant.Data.Selection, request, cancellationToken);
        return await ScoreAsync(name, request.Seed, model, await models.ReadAsync(model, cancellationToken), cancellationToken);
    }

    /// <summary>Finds the score of a network, or makes it.</summary>
    /// <param name="variant">Name of the training set.</param>
    /// <param name="seed">Seed of its training, or its number.</param>
    /// <param name="model">What it is.</param>
    /// <param name="bytes">Its file.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task<NetworkScore> ScoreAsync(string variant, ulong seed, TrainedModel model, byte[] bytes, CancellationToken cancellationToken)
    {
        var record = RecordOf(NameOf(variant, model.Architecture, seed), test.Record.Sha256);
        var known = await TryReadAsync(scores, record, cancellationToken) is { } stored && stored.Model.Sha256 == model.Sha256 ? stored with { Model = model } : null;
        if (known is not null && (known.WhiteBox is not null || !whiteBox))
            return known with { WhiteBox = whiteBox ? known.WhiteBox : null };
        using var network = adversary.Load([new MemoryStream(bytes)], test.Record.Shape, test.Record.Classes.Count);
        var score = known ?? Score(network, model, variant, seed, cancellationToken);
        if (whiteBox)
            score = score with { WhiteBox = WhiteBoxAttack.PercentRight(network, test.Parts[TestSetFiles.Original].Images, test.Record.Classes.Count, seed, cancellationToken) };
        await scores.WriteSealedAsync(record, score, PipelineJson.Indented, cancellationToken);
        return score;
    }

    /// <summary>Reads the stored score of a network.</summary>
    /// <param name="scores">Holds it.</param>
    /// <param name="network">See <see cref="NameOf"/>.</param>
    /// <param name="testSha256">Hash of the test sets.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">There is none, or a torn one.</exception>
    public static async Task<NetworkScore> ReadAsync(IDataStore scores, string network, string testSha256, CancellationToken cancellationToken)
    {
        var record = RecordOf(network, testSha256);
        return await TryReadAsync(scores, record, cancellationToken)
            ?? throw new InvalidDataException($"{scores.Location}: {record} is missing or broken; start the run again to score the network.");
    }

    /// <summary>A score that does not say which images were right is as good as none: earlier versions stored such.</summary>
    private static async Task<NetworkScore?> TryReadAsync(IDataStore scores, string record, CancellationToken cancellationToken) =>
        await scores.TryReadSealedAsync<NetworkScore>(record, PipelineJson.Indented, cancellationToken) is { Right: not null, Counts: not null } score ? score : null;

    private static string RecordOf(string network, string testSha256) => $"{network}-{testSha256[..16]}.json";

    private NetworkScore Score(IEnsemble network, TrainedModel model, string variant, ulong seed, CancellationToken cancellationToken)
    {
        var right = TestSetFiles.Parts.ToDictionary(part => part, part => Classification.Right(network, test.Parts[part].Images, test.Record.Classes.Count, cancellationToken));
        bool[] unseen = [.. test.Parts[TestSetFiles.Corrupted].Entries.Select(entry => entry.Unseen)];
        var accuracies = new PartAccuracies(
            Classification.Percent(right[TestSetFiles.Original]),
            Classification.Percent(right[TestSetFiles.Adversarial]),
            Classification.Percent(right[TestSetFiles.Corrupted]),
            Classification.Percent([.. right.Values.SelectMany(part => part)]));
        return new(
            variant,
            seed,
            model,
            accuracies,
            ByGroup(TestSetFiles.Adversarial, entry => entry.Attack!, Classification.Percent),
            ByGroup(TestSetFiles.Corrupted, entry => entry.Kind!, Classification.Percent))
        {
            SeenKinds = unseen.Contains(true) ? OfKinds(false) : null,
            UnseenKinds = unseen.Contains(true) ? OfKinds(true) : null,
            Right = new(
                test.Record.Count,
                RightImages.Pack(right[TestSetFiles.Original]),
                RightImages.Pack(right[TestSetFiles.Adversarial]),
                RightImages.Pack(right[TestSetFiles.Corrupted])),
            Counts = new(
                ByGroup(TestSetFiles.Adversarial, entry => entry.Attack!, members => members.Count),
                ByGroup(TestSetFiles.Corrupted, entry => entry.Kind!, members => members.Count),
                unseen.Count(isUnseen => !isUnseen),
                unseen.Count(isUnseen => isUnseen)),
        };

        double OfKinds(bool areUnseen) => Classification.Percent([.. right[TestSetFiles.Corrupted].Where((_, n) => unseen[n] == areUnseen)]);

        Dictionary<string, T> ByGroup<T>(string part, Func<TestSampleEntry, string> group, Func<IReadOnlyCollection<bool>, T> figure) => test.Parts[part].Entries
            .Zip(right[part])
            .GroupBy(pair => group(pair.First), pair => pair.Second)
            .OrderBy(members => members.Key, StringComparer.Ordinal)
            .ToDictionary(members => members.Key, members => figure([.. members]));
    }
}
