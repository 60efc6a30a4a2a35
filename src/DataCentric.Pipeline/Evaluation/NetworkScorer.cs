using System.Numerics.Tensors;
using DataCentric.Attacks;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Evaluation;

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

/// <summary>Classifies the test sets P with a network and counts what is right.</summary>
internal static class NetworkEvaluator
{
    private const int ClassifiedTogether = 256;

    /// <summary>Scores a network.</summary>
    /// <param name="network">The loaded network.</param>
    /// <param name="model">What it is.</param>
    /// <param name="arm">Name of the training set.</param>
    /// <param name="seed">Seed of its training, or its number.</param>
    /// <param name="test">The test sets.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public static NetworkScore Evaluate(
        IEnsemble network, TrainedModel model, string arm, ulong seed, TestSet test, CancellationToken cancellationToken)
    {
        var right = TestSetFiles.Parts.ToDictionary(part => part, part => Right(network, test.Parts[part], test.Record.Classes.Count, cancellationToken));
        var accuracies = new PartAccuracies(
            Percent(right[TestSetFiles.Original]),
            Percent(right[TestSetFiles.Adversarial]),
            Percent(right[TestSetFiles.Corrupted]),
            Percent([.. right.Values.SelectMany(part => part)]));
        return new(
            arm,
            seed,
            model,
            accuracies,
            ByGroup(TestSetFiles.Adversarial, entry => entry.Attack!),
            ByGroup(TestSetFiles.Corrupted, entry => entry.Kind!));

        Dictionary<string, double> ByGroup(string part, Func<TestSampleEntry, string> group) => test.Parts[part].Entries
            .Zip(right[part])
            .GroupBy(pair => group(pair.First), pair => pair.Second)
            .OrderBy(members => members.Key, StringComparer.Ordinal)
            .ToDictionary(members => members.Key, members => Percent([.. members]));
    }

    private static bool[] Right(IEnsemble network, TestPart part, int classes, CancellationToken cancellationToken)
    {
        var (images, right) = (part.Images, new bool[part.Images.Count]);
        for (var first = 0; first < images.Count; first += ClassifiedTogether)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ClassifiedTogether, images.Count - first);
            var size = images.Shape.ByteLength;
            var logits = network.Logits(images.Pixels.AsSpan(first * size, count * size));
            for (var i = 0; i < count; i++)
            {
                var row = logits.AsSpan(i * classes, classes);
                right[first + i] = TensorPrimitives.IndexOfMax<float>(row) == images.Labels[first + i];
            }
        }

        return right;
    }

    private static double Percent(bool[] right) => 100.0 * right.Count(value => value) / right.Length;
}
