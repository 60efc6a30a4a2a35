using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>
/// Projected gradient descent against the very network that is scored (Madry et al. 2018): l-infinity 8/255, 20 steps of 2/255, cross-entropy, random
/// start. It is no part of R, whose attacks are carried over from other networks.
/// </summary>
internal static class WhiteBoxAttack
{
    /// <summary>Name of the group of its figures in a <see cref="ScoreRecord"/>.</summary>
    public const string Part = "white-box";

    private const int AttackedTogether = 64;

    /// <summary>How it attacks.</summary>
    public static AttackOptions Options { get; } = AttackProfiles.Pgd.Attack with { Iterations = 20, L2Epsilon = 0, Precision = GradientPrecision.Float32 };

    /// <summary>What it is called in tables.</summary>
    public static string Name => $"PGD, l-infinity {Options.LinfEpsilon}/255, {Options.Iterations} steps";

    /// <summary>Attacks all images, and tells the percent that the network still classifies right.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Clean images with their labels.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="seed">Seed of the random starts.</param>
    /// <param name="cancellationToken">Stops within one iteration.</param>
    public static double PercentRight(IEnsemble network, ImageSet images, int classes, ulong seed, CancellationToken cancellationToken)
    {
        var pixels = new byte[images.Pixels.Length];
        var size = images.Shape.ByteLength;
        foreach (var indexes in Enumerable.Range(0, images.Count).Chunk(AttackedTogether))
        {
            var (first, end) = (indexes[0], indexes[^1] + 1);
            var some = new ImageSet(images.Shape, images.Pixels[(first * size)..(end * size)], images.Labels[first..end], images.SourceIds[first..end]);
            network.Attack(new AttackBatch(some, [.. indexes.Select(index => (ulong)index)], seed), Options, null, cancellationToken).Pixels.CopyTo(pixels, first * size);
        }

        return Classification.Percent(Classification.Right(network, new(images.Shape, pixels, images.Labels, images.SourceIds), classes, cancellationToken));
    }
}
