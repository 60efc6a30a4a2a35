namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>
    /// P(z &lt;= x) by the series 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...) (Marsaglia 2004, "Evaluating the normal distribution"),
    /// absolute error below 1e-15.
    /// </summary>
    public static double Cumulative(double x)
    {
        if (Math.Abs(x) > 8.5)
            return x < 0 ? 0 : 1;
        var (sum, last, term) = (x, 0.0, x);
        for (var i = 3; sum != last; i += 2)
        {
            term *= x * x / i;
            (last, sum) = (sum, sum + term);
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
