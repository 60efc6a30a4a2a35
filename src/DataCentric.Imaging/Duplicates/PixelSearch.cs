using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// The first stage of the search: finds pictures with nearly the same pixels. The root mean square of the differences is at most 10 levels and
/// at most a fifth of the picture's own contrast, so that two plain skies are not duplicates. It is exhaustive: bounds
/// (<see cref="ImageSketch.Blocks"/>, the mean first) leave out only what cannot be near.
/// </summary>
internal sealed class PixelSearch
{
    private const double LargestDistance = 10;
    private const double LargestShare = 0.2;
    private const double Rounding = 0.01; // of the bounds, which are float32
    private const int HeadLength = 8;

    private readonly IReadOnlyList<Picture> _pictures;
    private readonly int[] _numbers; // ascending by mean
    private readonly double[] _means;
    private readonly float[] _heads; // the first terms of all sketches in one array, which the processor reads ahead

    /// <summary>Prepares the search among some pictures.</summary>
    /// <param name="pictures">All of one shape.</param>
    public PixelSearch(IReadOnlyList<Picture> pictures)
    {
        _pictures = pictures;
        _numbers = [.. Enumerable.Range(0, pictures.Count).OrderBy(number => pictures[number].Sketch.Mean)];
        _means = [.. _numbers.Select(number => pictures[number].Sketch.Mean)];
        _heads = new float[pictures.Count * HeadLength];
        for (var place = 0; place < _numbers.Length; place++)
            pictures[_numbers[place]].Sketch.Blocks.AsSpan(0, HeadLength).CopyTo(_heads.AsSpan(place * HeadLength));
    }

    /// <summary>The largest distance at which something is near a picture, in levels.</summary>
    public static double Limit(Picture picture) => Math.Min(LargestDistance, LargestShare * picture.Sketch.Contrast);

    /// <summary>Root mean square of the differences, in levels of 0..255; may stop at something larger than the limit.</summary>
    public static double Distance(Picture one, Picture other, double limit = double.MaxValue)
    {
        var first = one.Pixels.Span;
        var second = other.Pixels.Span;
        var (squares, most) = (0L, limit * limit * first.Length);
        for (var start = 0; start < first.Length && squares <= most; start += 512)
        {
            var end = Math.Min(start + 512, first.Length);
            for (var i = start; i < end; i++)
                squares += (first[i] - second[i]) * (first[i] - second[i]);
        }

        return Math.Sqrt((double)squares / first.Length);
    }

    /// <summary>The nearest picture; of several the first.</summary>
    /// <param name="picture">What is looked for.</param>
    /// <param name="limit">Largest distance, see <see cref="Limit"/>.</param>
    /// <param name="isWanted">Whether a picture, by its number, may be the answer.</param>
    /// <returns>Null where none is near enough.</returns>
    public (int Other, double Distance)? Nearest(Picture picture, double limit, Predicate<int> isWanted)
    {
        (int Other, double Distance)? best = null;
        var (sketch, head) = (picture.Sketch, Vector256.Create(picture.Sketch.Blocks));
        var first = Array.BinarySearch(_means, sketch.Mean - limit - Rounding);
        for (var place = first < 0 ? ~first : first; place < _means.Length && _means[place] <= sketch.Mean + limit + Rounding; place++)
        {
            var difference = head - Vector256.LoadUnsafe(ref _heads[place * HeadLength]);
            var bound = limit + Rounding;
            if (Vector256.Sum(difference * difference) > bound * bound)
                continue;
            var other = _numbers[place];
            if (TensorPrimitives.Distance<float>(sketch.Blocks, _pictures[other].Sketch.Blocks) > bound || !isWanted(other))
                continue;
            var distance = Distance(picture, _pictures[other], limit);
            if (distance <= limit && (best is null || distance < best.Value.Distance || other < best.Value.Other))
                (best, limit) = ((other, distance), distance);
        }

        return best;
    }
}
