using System.Collections.Concurrent;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Reads a data set with one corruption applied to every image, a batch at a time on several workers.</summary>
/// <param name="inner">The clean set, at its beginning; disposed with this reader.</param>
/// <param name="corruption">What is done to each image.</param>
/// <param name="seed">Seed of the run; with a record's number it keys the draws for that record.</param>
/// <param name="workers">Images corrupted at the same time, at least 1; does not change the result.</param>
public sealed class CorruptedReader(IImageReader inner, Corruption corruption, ulong seed, int workers) : IImageReader
{
    private readonly ConcurrentBag<CorruptionScratch> _scratch = [];
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = workers };
    private int _next;

    /// <inheritdoc/>
    public ImageSetInfo Info => inner.Info;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => inner.Remarks;

    /// <inheritdoc/>
    public ImageSet Read(int count)
    {
        var clean = inner.Read(count);
        var corrupted = new byte[clean.Pixels.Length];
        var chunk = Math.Max(1, clean.Count / (4 * _parallel.MaxDegreeOfParallelism));
        Parallel.ForEach(Partitioner.Create(0, clean.Count, chunk), _parallel, range => Corrupt(clean, corrupted, range.Item1, range.Item2));
        _next += clean.Count;
        return new ImageSet(clean.Shape, corrupted, clean.Labels, clean.SourceIds, clean.SoftLabels);
    }

    /// <inheritdoc/>
    public void Skip(int count)
    {
        inner.Skip(count);
        _next += count;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private void Corrupt(ImageSet clean, byte[] corrupted, int from, int to)
    {
        if (!_scratch.TryTake(out var scratch))
            scratch = new CorruptionScratch();
        var size = clean.Shape.ByteLength;
        for (var i = from; i < to; i++)
            Corrupter.Apply(seed, (ulong)(_next + i), corruption, clean.Image(i), corrupted.AsSpan(i * size, size), clean.Shape, scratch);
        _scratch.Add(scratch);
    }
}
