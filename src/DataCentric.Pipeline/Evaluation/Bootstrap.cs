using System.Numerics.Tensors;
using DataCentric.Randomness;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>A figure of the table for one seed: a function of the accuracies of networks, be they those of the test images or of a resample.</summary>
/// <param name="accuracies">Tells the accuracies of a network.</param>
internal delegate double SeedFigure(Func<NetworkScore, PartAccuracies> accuracies);

/// <summary>
/// 95 % intervals by the bootstrap (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13): of B = 2,000 resamples the
/// percentile interval runs from the 50th to the 1,950th smallest figure. A resample draws with replacement as many test images and as many seeds as
/// there are, both at once as they are crossed (Owen 2007, The pigeonhole bootstrap, Annals of Applied Statistics 1). The draw of images
/// holds for all parts and all networks, so that a difference of two networks is paired.
/// </summary>
/// <remarks>
/// Draws are keyed by number of the resample alone, and counts of right images are exact: the intervals do not depend on the order of work.
/// </remarks>
internal sealed class Bootstrap
{
    /// <summary>Number of resamples, B.</summary>
    public const int Resamples = 2000;

    private const ulong Key = 0xB007;
    private const int ImageStream = 0, SeedStream = 1;
    private const int Tail = Resamples / 40; // 2.5 %
    private readonly Dictionary<NetworkScore, PartAccuracies[]> _resampled;

    private Bootstrap(Dictionary<NetworkScore, PartAccuracies[]> resampled) => _resampled = resampled;

    /// <summary>Resamples the test images; null where it is not known of every network which of the same images it has right.</summary>
    /// <param name="networks">Scores on the same test sets.</param>
    public static Bootstrap? Of(IReadOnlyList<NetworkScore> networks)
    {
        var counts = networks.Select(network => network.Right?.Count ?? 0).Distinct().ToArray();
        if (counts is not [> 0 and var count])
            return null;
        var weights = new float[count];
        var resampled = networks.Select(network => (Network: network, Parts: Unpack(network.Right!), Accuracies: new PartAccuracies[Resamples])).ToArray();
        for (var resample = 0; resample < Resamples; resample++)
        {
            Array.Clear(weights);
            var random = new CounterRandom(Key, (ulong)resample, RandomStage.Bootstrap, ImageStream);
            for (var draw = 0; draw < count; draw++)
                weights[random.Below(count)]++;
            foreach (var (_, parts, accuracies) in resampled)
            {
                double[] percent = [.. parts.Select(part => 100.0 * TensorPrimitives.Dot<float>(weights, part) / count)]; // exact below 2^24 images
                accuracies[resample] = new(percent[0], percent[1], percent[2], percent.Average()); // The parts are equally large.
            }
        }

        return new(new(resampled.Select(network => KeyValuePair.Create(network.Network, network.Accuracies)), ReferenceEqualityComparer.Instance));
    }

    /// <summary>The interval of a mean over seeds.</summary>
    /// <param name="seeds">The figure of each seed, in the order of the seeds; at least one.</param>
    public (double Low, double High) Interval(IReadOnlyList<SeedFigure> seeds)
    {
        var means = new double[Resamples];
        var figures = new double[seeds.Count];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var seed = 0; seed < seeds.Count; seed++)
                figures[seed] = seeds[seed](network => _resampled[network][resample]);
            var random = new CounterRandom(Key, (ulong)resample, RandomStage.Bootstrap, SeedStream);
            for (var draw = 0; draw < seeds.Count; draw++)
                means[resample] += figures[random.Below(seeds.Count)] / seeds.Count;
        }

        Array.Sort(means);
        return (WithoutDust(means[Tail - 1]), WithoutDust(means[Resamples - Tail - 1]));
    }

    private static float[][] Unpack(RightImages right) => [right.Unpack(right.Ori), right.Unpack(right.Adv), right.Unpack(right.Cor)];

    /// <summary>Takes off what rounding left of differences that are 0.</summary>
    private static double WithoutDust(double percent) => Math.Round(percent, 9) + 0.0;
}
