namespace DataCentric.Pipeline.DataSets;

/// <summary>Adds up the samples of one group.</summary>
/// <param name="name">Its name.</param>
/// <param name="role">Its role.</param>
/// <param name="shape">Shape of every image.</param>
/// <param name="classCount">Number of classes.</param>
internal sealed class GroupTotals(string name, SampleRole role, ImageShape shape, int classCount)
{
    private readonly int[] _classes = new int[classCount];
    private readonly HistogramBuilder _l2Counts = new(firstWidth: 1), _linfCounts = new(firstWidth: 1);
    private double _l2, _linf, _psnr, _lowest = double.PositiveInfinity;
    private int _count, _changed;

    public void Add(ManifestEntry entry)
    {
        _count++;
        _classes[entry.Label]++;
        _l2 += entry.L2;
        _linf += entry.Linf;
        _l2Counts.Add(entry.L2);
        _linfCounts.Add(entry.Linf);
        if (entry.L2 == 0)
            return;
        var psnr = Psnr(entry.L2);
        _changed++;
        _psnr += psnr;
        _lowest = Math.Min(_lowest, psnr);
    }

    public GroupStatistics Build() => new(
        name,
        role,
        _count,
        _classes,
        _l2 / _count,
        _linf / _count,
        _changed > 0 ? _psnr / _changed : null,
        _changed > 0 ? _lowest : null,
        _count - _changed,
        _l2Counts.Build(),
        _linfCounts.Build());

    /// <summary>10 log10(255^2 / mean squared error), the mean over all values of the image.</summary>
    private double Psnr(double l2) => 10 * Math.Log10(255.0 * 255.0 * shape.ByteLength / (l2 * l2));
}

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
