using System.Numerics.Tensors;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Which images of a set a network classifies right.</summary>
internal static class Classification
{
    private const int ClassifiedTogether = 256;

    /// <summary>Classifies all images.</summary>
    /// <param name="network">The network; of several, by their mean logits.</param>
    /// <param name="images">Images with their labels.</param>
    /// <param name="classes">Number of classes, K.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>One value an image.</returns>
    public static bool[] Right(IEnsemble network, ImageSet images, int classes, CancellationToken cancellationToken)
    {
        var right = new bool[images.Count];
        var size = images.Shape.ByteLength;
        for (var first = 0; first < images.Count; first += ClassifiedTogether)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ClassifiedTogether, images.Count - first);
            var logits = network.Logits(images.Pixels.AsSpan(first * size, count * size));
            for (var i = 0; i < count; i++)
                right[first + i] = TensorPrimitives.IndexOfMax<float>(logits.AsSpan(i * classes, classes)) == images.Labels[first + i];
        }

        return right;
    }

    /// <summary>Share of the images that are right, in percent; 0 of none.</summary>
    /// <param name="right">One value an image.</param>
    public static double Percent(IReadOnlyCollection<bool> right) => right.Count == 0 ? 0 : 100.0 * right.Count(value => value) / right.Count;
}
