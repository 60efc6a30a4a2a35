using System.Globalization;
using System.Numerics;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The rule of rows of class probabilities in all formats: finite, not negative, and divided by their sum unless it is 1 already. A row of zeros
/// and several ones is refused: divided, it would say something else.
/// </summary>
internal static class ProbabilityRow
{
    private const double SumTolerance = 1e-6;

    /// <summary>Makes a row sum to 1.</summary>
    /// <param name="row">As it stands in the source; changed.</param>
    /// <param name="place">Where a probability stands, by its number in the row, for messages.</param>
    /// <exception cref="InputException">It is no row of probabilities.</exception>
    public static void Normalise(double[] row, Func<int, string> place)
    {
        var bad = Array.FindIndex(row, value => !double.IsFinite(value) || value < 0);
        if (bad >= 0)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{place(bad)}: {row[bad]}; expected a finite probability, not negative."));
        var sum = row.Sum();
        if (row.Length == 1 && sum != 1)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"{place(0)}: {sum}; the only probability of a row must be 1. Where these are class indexes, save them as whole numbers: astype(\"int64\")."));
        }

        if (sum == 0)
            throw new InputException($"{place(0)}: all probabilities of the row are 0; expected a positive sum.");
        if (!double.IsFinite(sum))
            throw new InputException($"{place(0)}: the probabilities of the row are too large to be added; expected a finite sum.");
        if (Math.Abs(sum - 1) <= SumTolerance)
            return;
        if (row.All(value => value is 0 or 1))
        {
            var first = Array.IndexOf(row, 1);
            throw new InputException(
                $"{place(Array.IndexOf(row, 1, first + 1))}: is 1 as column {first} is, so the image has several classes (multi-label data); expected one class an image. "
                + "Where the rows are votes, divide each by its sum.");
        }

        for (var k = 0; k < row.Length; k++)
            row[k] /= sum;
    }

    /// <summary>Checks a row whose length nobody knew before.</summary>
    /// <param name="row">As it stands in the source.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <returns>Probabilities that sum to 1.</returns>
    /// <exception cref="InputException">It is no row of probabilities.</exception>
    public static float[] Checked(double[] row, Func<string> place)
    {
        if (row.Length is 0 or > ClassNames.Limit)
            throw new InputException($"{place()}: has {row.Length} probabilities; expected 1 to {ClassNames.Limit}.");
        double[] values = [.. row];
        Normalise(values, k => $"{place()}, probability {k}");
        return [.. values.Select(value => (float)value)];
    }

    /// <summary>Whether a row says no more than a class index.</summary>
    public static bool IsOneHot<T>(IReadOnlyCollection<T> row)
        where T : INumber<T> => row.Count(value => value == T.One) == 1 && row.Count(value => value == T.Zero) == row.Count - 1;
}
