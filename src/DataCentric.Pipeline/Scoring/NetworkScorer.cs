using DataCentric.Attacks;
using DataCentric.Pipeline.Scoring.TestSets;
using DataCentric.Pipeline.Scoring.Training;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Scoring;

/// <summary>Scores of single networks in a store, each sealed by its hash: a network that was scored on the same P is not asked again.</summary>
/// <param name="scores">Holds them.</param>
/// <param name="adversary">Loads networks.</param>
internal sealed class NetworkScorer(IDataStore scores, IAdversary adversary)
{
    /// <summary>What a network is called in file names.</summary>
    /// <param name="arm">Name of the training set.</param>
    /// <param name="architecture">Registry name.</param>
    /// <param name="seed">Seed of its training, or its number.</param>
    public static string NameOf(string arm, string architecture, ulong seed) => $"{arm.Replace(':', '-')}-{architecture}-seed{seed}";

    /// <summary>Name of a stored score.</summary>
    /// <param name="network">See <see cref="NameOf"/>.</param>
    /// <param name="testSha256">Hash of P.</param>
    public static string RecordOf(string network, string testSha256) => $"{network}-{testSha256[..16]}.json";

    /// <summary>Finds the score of a network, or makes it.</summary>
    /// <param name="arm">Name of the training set.</param>
    /// <param name="seed">Seed of its training, or its number.</param>
    /// <param name="model">What it is.</param>
    /// <param name="bytes">Its file.</param>
    /// <param name="test">The test sets.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task<NetworkScore> ScoreAsync(
        string arm, ulong seed, TrainedModel model, byte[] bytes, TestSet test, CancellationToken cancellationToken)
    {
        var record = RecordOf(NameOf(arm, model.Architecture, seed), test.Record.Sha256);
        if (await TryReadAsync(record, cancellationToken) is { } known && known.Model.Sha256 == model.Sha256)
            return known with { Model = model };
        using var network = adversary.Load([new MemoryStream(bytes)], test.Record.Shape, test.Record.Classes.Count);
        var score = NetworkEvaluator.Evaluate(network, model, arm, seed, test, cancellationToken);
        await scores.WriteSealedAsync(record, score, PipelineJson.Indented, cancellationToken);
        return score;
    }

    /// <summary>Reads a stored score; null where there is none, or a torn one.</summary>
    /// <param name="record">See <see cref="RecordOf"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<NetworkScore?> TryReadAsync(string record, CancellationToken cancellationToken) =>
        scores.TryReadSealedAsync<NetworkScore>(record, PipelineJson.Indented, cancellationToken);
}
