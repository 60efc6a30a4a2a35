namespace DataCentric.Pipeline.DataSets;

/// <summary>
/// Labels distilled from an ensemble (Hinton et al. 2015, arXiv 1503.02531, section 2): y' = a y + (1 - a) softmax(z / T), z the mean of the
/// networks' logits for the clean image, T = 2. a = 0.51 is more than half, so that a sample keeps its class whatever the networks see.
/// </summary>
internal static class DistilledLabels
{
    /// <summary>The part of the source's label, a.</summary>
    public const float Kept = 0.51f;

    private const double Temperature = 2;

    /// <summary>What an ensemble sees in N images.</summary>
    /// <param name="logits">For each network N x K logits, row-major.</param>
    /// <param name="classCount">K.</param>
    /// <returns>N x K probabilities, row-major.</returns>
    /// <exception cref="InputException">Logits are not numbers.</exception>
    public static float[] Seen(IReadOnlyList<float[]> logits, int classCount)
    {
        var seen = new float[logits[0].Length];
        var mean = new double[classCount];
        for (var first = 0; first < seen.Length; first += classCount)
        {
            for (var k = 0; k < classCount; k++)
                mean[k] = logits.Average(network => network[first + k]) / Temperature;
            Softmax.InPlace(mean);
            if (!double.IsFinite(mean[0]))
                throw new InputException("A surrogate gives logits that are not numbers; its model file is broken.");
            for (var k = 0; k < classCount; k++)
                seen[first + k] = (float)mean[k];
        }

        return seen;
    }

    /// <summary>Mixes labels with what was seen, in place.</summary>
    /// <param name="labels">N x K probabilities, one-hot where the source has class indexes.</param>
    /// <param name="seen">N x K probabilities.</param>
    public static void Mix(Span<float> labels, ReadOnlySpan<float> seen)
    {
        for (var i = 0; i < labels.Length; i++)
            labels[i] = (Kept * labels[i]) + ((1 - Kept) * seen[i]);
    }

    /// <summary>Whether a row can be one that was mixed from the one-hot row of a class: probabilities that sum to 1, the class's at least a.</summary>
    /// <param name="row">K values.</param>
    /// <param name="label">The class, below K.</param>
    public static bool CanBe(ReadOnlySpan<float> row, int label)
    {
        const double rounding = 1e-4;
        var sum = 0.0;
        foreach (var value in row)
        {
            if (!(value >= 0))
                return false;
            sum += value;
        }

        return Math.Abs(sum - 1) < rounding && row[label] >= Kept - rounding;
    }
}
