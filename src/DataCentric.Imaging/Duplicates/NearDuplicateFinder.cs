using System.Numerics.Tensors;
using DataCentric.Images;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// Finds images of one set that another one holds, too, as they are or mirrored, exactly or nearly: the root mean square of the
/// differences is at most 10 levels and at most a fifth of the image's own contrast (so that two plain skies are no duplicates). That
/// finds copies, other JPEG qualities and slight changes of brightness, but not shifts and crops. The search is exhaustive: bounds
/// (<see cref="ImageSketch"/>) leave out only what cannot be near.
/// </summary>
public sealed class NearDuplicateFinder
{
    private const double LargestDistance = 10;
    private const double LargestShare = 0.2;

    private readonly ImageSet _images;
    private readonly Candidate[] _candidates; // ascending by mean
    private readonly double[] _means;
    private readonly DuplicateMatch?[] _best;

    /// <summary>Prepares the search.</summary>
    /// <param name="images">The images that are looked for.</param>
    public NearDuplicateFinder(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
        _best = new DuplicateMatch?[images.Count];
        _candidates = [.. Enumerable.Range(0, images.Count).SelectMany(Both).OrderBy(candidate => candidate.Sketch.Mean)];
        _means = [.. _candidates.Select(candidate => candidate.Sketch.Mean)];
    }

    /// <summary>For each image that was found so far its best match, in the order of the images.</summary>
    public IReadOnlyList<DuplicateMatch> Found => [.. _best.OfType<DuplicateMatch>()];

    /// <summary>Looks for the images in a set.</summary>
    /// <param name="set">Images of the same shape.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="InputException">The shapes differ.</exception>
    public void Search(ImageSet set, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Shape != _images.Shape)
            throw new InputException($"Images of {set.Shape} cannot be compared with images of {_images.Shape}.");
        for (var n = 0; n < set.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Match(set.Image(n), set.SourceIds[n]);
        }
    }

    private IEnumerable<Candidate> Both(int index)
    {
        var image = _images.Image(index).ToArray();
        var mirrored = Mirror(image);
        yield return new(index, false, image, new(image, _images.Shape));
        yield return new(index, true, mirrored, new(mirrored, _images.Shape));
    }

    private void Match(ReadOnlySpan<byte> image, string source)
    {
        var sketch = new ImageSketch(image, _images.Shape);
        var first = Array.BinarySearch(_means, sketch.Mean - LargestDistance);
        for (var i = first < 0 ? ~first : first; i < _candidates.Length && _means[i] <= sketch.Mean + LargestDistance; i++)
        {
            var candidate = _candidates[i];
            var limit = Math.Min(LargestDistance, LargestShare * candidate.Sketch.Contrast);
            limit = Math.Min(limit, _best[candidate.Index]?.Distance ?? double.MaxValue);
            if (TensorPrimitives.Distance<float>(sketch.Blocks, candidate.Sketch.Blocks) > limit + 0.01) // float32 rounding
                continue;
            var distance = Distance(image, candidate.Pixels);
            if (distance <= limit && distance < (_best[candidate.Index]?.Distance ?? double.MaxValue))
                _best[candidate.Index] = new(candidate.Index, _images.SourceIds[candidate.Index], source, candidate.Mirrored, distance);
        }
    }

    private static double Distance(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var squares = 0L;
        for (var i = 0; i < one.Length; i++)
            squares += (one[i] - other[i]) * (one[i] - other[i]);
        return Math.Sqrt((double)squares / one.Length);
    }

    private byte[] Mirror(byte[] image)
    {
        var mirrored = new byte[image.Length];
        var width = _images.Shape.Width;
        for (var pixel = 0; pixel < _images.Shape.PixelCount; pixel++)
        {
            var from = (pixel / width * width) + width - 1 - (pixel % width);
            image.AsSpan(from * ImageShape.Channels, ImageShape.Channels).CopyTo(mirrored.AsSpan(pixel * ImageShape.Channels));
        }

        return mirrored;
    }

    private sealed record Candidate(int Index, bool Mirrored, byte[] Pixels, ImageSketch Sketch);
}
