using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Selection;

/// <summary>
/// How unsure an ensemble of F networks is of an image with K classes, in nats. With p_f = softmax(z_f) and p their plain mean, the
/// entropy is H(p) = -sum_k p_k ln p_k, from 0 to ln K. The disagreement is H(p) - mean_f H(p_f), the mutual information of class and
/// network, from 0 to ln min(F, K): "BALD" of Houlsby et al. 2011 (arXiv 1112.5745), eq. 2.
/// </summary>
internal static class EnsembleScore
{
    /// <summary>Scores N images.</summary>
    /// <param name="rule">Entropy or disagreement.</param>
    /// <param name="logits">For each network N x K logits, row-major.</param>
    /// <param name="classCount">K.</param>
    /// <exception cref="InputException">Logits are not numbers.</exception>
    public static float[] Of(SelectionRule rule, IReadOnlyList<float[]> logits, int classCount)
    {
        var scores = new float[logits[0].Length / classCount];
        var (own, mean) = (new double[classCount], new double[classCount]);
        for (var n = 0; n < scores.Length; n++)
        {
            Array.Clear(mean);
            var ownEntropy = 0.0;
            foreach (var network in logits)
            {
                for (var k = 0; k < classCount; k++)
                    own[k] = network[(n * classCount) + k];
                Softmax.InPlace(own);
                ownEntropy += Entropy(own) / logits.Count;
                for (var k = 0; k < classCount; k++)
                    mean[k] += own[k] / logits.Count;
            }

            var entropy = Entropy(mean);
            var score = rule == SelectionRule.Disagreement ? Math.Max(0, entropy - ownEntropy) : entropy;
            scores[n] = double.IsFinite(score)
                ? (float)score
                : throw new InputException("A surrogate gives logits that are not numbers; its model file is broken.");
        }

        return scores;
    }

    private static double Entropy(ReadOnlySpan<double> probabilities)
    {
        var entropy = 0.0;
        foreach (var probability in probabilities)
            entropy -= probability == 0 ? 0 : probability * Math.Log(probability);
        return entropy;
    }
}
