using DataCentric.Images;
using DataCentric.Pipeline.Planning;

namespace DataCentric.Pipeline.Results;

/// <summary>What the manifest says of the samples that one thing was done to.</summary>
/// <param name="Name"><c>clean</c>, <c>adversarial</c>, or a kind of corruption.</param>
/// <param name="Role">What became of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Classes">How many of each class, in label order.</param>
/// <param name="MeanL2">Mean l2 norm of the change, in levels of 0..255.</param>
/// <param name="MeanLinf">Mean l-infinity norm of the change, in levels.</param>
/// <param name="MeanPsnr">Mean peak signal-to-noise ratio of the changed ones, in dB; null where none changed.</param>
/// <param name="LowestPsnr">The lowest of them, in dB.</param>
/// <param name="Unchanged">How many have the pixels of their source.</param>
/// <param name="L2">The l2 norms, in levels.</param>
/// <param name="Linf">The l-infinity norms, in levels.</param>
public sealed record GroupStatistics(
    string Name,
    SampleRole Role,
    int Count,
    IReadOnlyList<int> Classes,
    double MeanL2,
    double MeanLinf,
    double? MeanPsnr,
    double? LowestPsnr,
    int Unchanged,
    Histogram L2,
    Histogram Linf);

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
