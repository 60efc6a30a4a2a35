namespace DataCentric.Adversarial.Attack;

/// <summary>
/// From the two perturbations to stored bytes, within the budget on integers. With Q rounding or truncation, in levels of 0..255:
/// a = clamp(Q(d_linf), ±eps) is the l-infinity part; what is left, r = d_linf + d_l2 - a, becomes the l2 part b = Q(s r) with the
/// largest s of 1, 0.998, 0.998^2, ... for which ‖b‖2 is within the radius; stored = clip(clean + a + b, 0, 255).
/// </summary>
/// <param name="options">Radii and quantisation.</param>
internal sealed class IntegerProjection(AttackOptions options)
{
    private const double Shrink = 0.998;
    private const double Negligible = 1e-3; // of a level: such a scale has quantised everything to zero

    private readonly PerturbationBudget _budget = PerturbationBudget.Of(options);

    /// <summary>Projects one sample.</summary>
    /// <param name="clean">Clean bytes.</param>
    /// <param name="linf">l-infinity part on pixels in [0, 1].</param>
    /// <param name="l2">l2 part on pixels in [0, 1].</param>
    /// <param name="stored">Receives the bytes.</param>
    public void Project(ReadOnlySpan<byte> clean, ReadOnlySpan<float> linf, ReadOnlySpan<float> l2, Span<byte> stored)
    {
        var first = new int[clean.Length];
        var rest = new double[clean.Length];
        for (var i = 0; i < clean.Length; i++)
        {
            first[i] = Math.Clamp(Quantize(255.0 * linf[i]), -_budget.LinfLevels, _budget.LinfLevels);
            rest[i] = (255.0 * linf[i]) + (255.0 * l2[i]) - first[i];
        }

        var scale = Scale(rest);
        for (var i = 0; i < clean.Length; i++)
            stored[i] = (byte)Math.Clamp(clean[i] + first[i] + Quantize(scale * rest[i]), 0, 255);
    }

    private double Scale(double[] rest)
    {
        for (var scale = 1.0; scale > Negligible; scale *= Shrink)
        {
            long squares = 0;
            foreach (var value in rest)
            {
                long level = Quantize(scale * value);
                squares += level * level;
            }

            if (Math.Sqrt(squares) <= _budget.L2Levels)
                return scale;
        }

        return 0;
    }

    private int Quantize(double levels) => options.Quantization == Quantization.Round ? (int)Math.Round(levels) : (int)Math.Floor(levels);
}
