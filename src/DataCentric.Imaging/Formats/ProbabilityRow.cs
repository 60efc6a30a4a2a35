using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>A row of class probabilities, by the rule of npy pairs: finite, not negative, and divided by their sum unless it is 1 already.</summary>
internal static class ProbabilityRow
{
    private const double SumTolerance = 1e-6;

    /// <summary>Checks a row.</summary>
    /// <param name="row">As it stands in the source.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <returns>Probabilities that sum to 1.</returns>
    /// <exception cref="InputException">It is no row of probabilities.</exception>
    public static float[] Checked(double[] row, Func<string> place)
    {
        if (row.Length is 0 or > ClassNames.Limit)
            throw new InputException($"{place()}: has {row.Length} probabilities; expected 1 to {ClassNames.Limit}.");
        var bad = Array.FindIndex(row, value => !double.IsFinite(value) || value < 0);
        if (bad >= 0)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{place()}: probability {bad} is {row[bad]}; expected a finite one, not negative."));
        var sum = row.Sum();
        if (sum == 0 || !double.IsFinite(sum))
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{place()}: the probabilities sum to {sum}; expected a positive sum."));
        if (sum > 1 + SumTolerance && row.All(value => value is 0 or 1))
            throw new InputException($"{place()}: {row.Count(value => value == 1)} probabilities are 1, so the image has several classes (multi-label data); expected one class an image.");
        return [.. row.Select(value => (float)(Math.Abs(sum - 1) <= SumTolerance ? value : value / sum))];
    }

    /// <summary>Whether a row says no more than a class index.</summary>
    public static bool IsOneHot(float[] row) => row.Count(value => value == 1) == 1 && row.Count(value => value == 0) == row.Length - 1;
}
