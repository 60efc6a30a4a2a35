namespace DataCentric.Pipeline.DataSets;

/// <summary>Logits to probabilities: p_k = exp(z_k) / sum_j exp(z_j).</summary>
internal static class Softmax
{
    /// <summary>Makes probabilities of logits, in place; logits that are not numbers make all of them so.</summary>
    /// <param name="values">K logits.</param>
    public static void InPlace(Span<double> values)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var logit in values)
            largest = Math.Max(largest, logit);
        for (var k = 0; k < values.Length; k++)
            sum += values[k] = Math.Exp(values[k] - largest);
        for (var k = 0; k < values.Length; k++)
            values[k] /= sum;
    }
}
