using System.Numerics.Tensors;
using DataCentric.Attacks;
using DataCentric.Pipeline.Scoring.TestSets;
using DataCentric.Pipeline.Scoring.Training;

namespace DataCentric.Pipeline.Scoring;

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
