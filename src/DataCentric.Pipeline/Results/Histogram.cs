namespace DataCentric.Pipeline.Results;

/// <summary>How many values fell into each of equally wide bins from 0 on.</summary>
/// <param name="BinWidth">Width of a bin, a power of two.</param>
/// <param name="Counts">Values in each bin; a value on a border belongs to the bin above it.</param>
public sealed record Histogram(double BinWidth, IReadOnlyList<int> Counts);

/// <summary>
/// Counts values of any size in at most 32 bins: where a value is beyond the last, pairs of bins become one. As widths are powers of two,
/// the outcome does not depend on the order of the values.
/// </summary>
/// <param name="firstWidth">Width that bins have at first, a power of two.</param>
internal sealed class HistogramBuilder(double firstWidth)
{
    private const int Bins = 32;

    private readonly int[] _counts = new int[Bins];
    private double _width = firstWidth;

    /// <summary>Counts a value of 0 or more.</summary>
    public void Add(double value)
    {
        while (value >= _width * Bins)
            Coarsen();
        _counts[(int)(value / _width)]++;
    }

    public Histogram Build() => new(_width, _counts[..(Array.FindLastIndex(_counts, count => count > 0) + 1)]);

    private void Coarsen()
    {
        for (var i = 0; i < Bins; i++)
            _counts[i] = i < Bins / 2 ? _counts[2 * i] + _counts[(2 * i) + 1] : 0;
        _width *= 2;
    }
}
