using System.Numerics;
using System.Runtime.InteropServices;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Lloyd's k-means on three-dimensional points as OpenCV runs it for imgaug 0.4.0: random centres from a generator that starts at 1
/// for every image, then up to nine rounds of means and assignment; when a round ends the search, the labels of the assignment
/// before it are kept.
/// </summary>
internal static class Clustering
{
    private const int Dimensions = 3;
    private const int MaxRounds = 9;
    private const double MaxSquaredMove = 1;

    /// <summary>Finds the clusters.</summary>
    /// <param name="points">Three planes of N whole numbers 0..255.</param>
    /// <param name="labels">N cluster numbers.</param>
    /// <param name="centres">K x 3 means.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Run(ReadOnlySpan<float> points, Span<int> labels, Span<float> centres, CorruptionScratch scratch)
    {
        var count = centres.Length / Dimensions;
        var sums = scratch.Take<float>(centres.Length);
        var sizes = scratch.Take<int>(count);
        Start(points, centres);
        Assign(points, centres, labels);
        for (var round = 1; ; round++)
        {
            Sum(points, labels, sums, sizes);
            FillEmpty(points, labels, sums, sizes);
            var move = 0.0;
            for (var k = 0; k < count; k++)
            {
                var squared = 0.0;
                for (var d = Dimensions * k; d < Dimensions * (k + 1); d++)
                {
                    var mean = sums[d] * (1f / sizes[k]);
                    squared += (mean - centres[d]) * (double)(mean - centres[d]);
                    centres[d] = mean;
                }

                move = Math.Max(move, squared);
            }

            if (move <= MaxSquaredMove || round == MaxRounds)
                return;
            Assign(points, centres, labels);
        }
    }

    // Uniform in the bounding box widened by a third of its width on each side; OpenCV's multiply-with-carry generator.
    private static void Start(ReadOnlySpan<float> points, Span<float> centres)
    {
        const float Widening = 1f / Dimensions;
        var length = points.Length / Dimensions;
        Span<(float Low, float High)> box = stackalloc (float, float)[Dimensions];
        for (var d = 0; d < Dimensions; d++)
        {
            var plane = points.Slice(d * length, length);
            box[d] = (float.MaxValue, float.MinValue);
            foreach (var value in plane)
                box[d] = (Math.Min(box[d].Low, value), Math.Max(box[d].High, value));
        }

        var state = 1UL;
        for (var i = 0; i < centres.Length; i++)
        {
            state = ((state & uint.MaxValue) * 4164903690) + (state >> 32);
            var draw = (float)((state & uint.MaxValue) * (1.0 / (1UL << 32)));
            var (low, high) = box[i % Dimensions];
            centres[i] = (float)((((draw * (1.0 + (2 * Widening))) - Widening) * (high - low)) + low);
        }
    }

    // The nearest centre of each point; of equally near ones the first.
    private static void Assign(ReadOnlySpan<float> points, ReadOnlySpan<float> centres, Span<int> labels)
    {
        var length = labels.Length;
        var xs = points[..length];
        var ys = points.Slice(length, length);
        var zs = points.Slice(2 * length, length);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(xs).Length;
        for (var v = 0; v < vectors; v++)
        {
            var i = v * Vector<float>.Count;
            var (x, y, z) = (new Vector<float>(xs[i..]), new Vector<float>(ys[i..]), new Vector<float>(zs[i..]));
            var nearest = new Vector<float>(float.MaxValue);
            var label = Vector<int>.Zero;
            for (int c = 0, k = 0; c < centres.Length; c += Dimensions, k++)
            {
                var (dx, dy, dz) = (x - new Vector<float>(centres[c]), y - new Vector<float>(centres[c + 1]), z - new Vector<float>(centres[c + 2]));
                var distance = (dx * dx) + (dy * dy) + (dz * dz);
                var nearer = Vector.LessThan(distance, nearest);
                nearest = Vector.ConditionalSelect(nearer, distance, nearest);
                label = Vector.ConditionalSelect(nearer, new Vector<int>(k), label);
            }

            label.CopyTo(labels[i..]);
        }

        for (var i = vectors * Vector<float>.Count; i < length; i++)
        {
            var nearest = float.MaxValue;
            for (int c = 0, k = 0; c < centres.Length; c += Dimensions, k++)
            {
                var (dx, dy, dz) = (xs[i] - centres[c], ys[i] - centres[c + 1], zs[i] - centres[c + 2]);
                var distance = (dx * dx) + (dy * dy) + (dz * dz);
                if (distance < nearest)
                    (nearest, labels[i]) = (distance, k);
            }
        }
    }

    private static void Sum(ReadOnlySpan<float> points, ReadOnlySpan<int> labels, Span<float> sums, Span<int> sizes)
    {
        sums.Clear();
        sizes.Clear();
        var length = labels.Length;
        for (var i = 0; i < length; i++)
        {
            var k = labels[i];
            sizes[k]++;
            sums[Dimensions * k] += points[i];
            sums[(Dimensions * k) + 1] += points[length + i];
            sums[(Dimensions * k) + 2] += points[(2 * length) + i];
        }
    }

    // An empty cluster takes the point of the biggest cluster that is farthest from its mean.
    private static void FillEmpty(ReadOnlySpan<float> points, Span<int> labels, Span<float> sums, Span<int> sizes)
    {
        var length = labels.Length;
        for (var empty = 0; empty < sizes.Length; empty++)
        {
            if (sizes[empty] != 0)
                continue;
            var biggest = 0;
            for (var k = 1; k < sizes.Length; k++)
                biggest = sizes[biggest] < sizes[k] ? k : biggest;
            var from = sums.Slice(Dimensions * biggest, Dimensions);
            var scale = 1f / sizes[biggest];
            var (farthest, place) = (0.0, -1);
            for (var i = 0; i < length; i++)
            {
                if (labels[i] != biggest)
                    continue;
                var (dx, dy, dz) = (points[i] - (from[0] * scale), points[length + i] - (from[1] * scale), points[(2 * length) + i] - (from[2] * scale));
                var distance = (dx * dx) + (dy * dy) + (dz * dz);
                if (farthest <= distance)
                    (farthest, place) = (distance, i);
            }

            sizes[biggest]--;
            sizes[empty]++;
            labels[place] = empty;
            for (var d = 0; d < Dimensions; d++)
            {
                var value = points[(d * length) + place];
                from[d] -= value;
                sums[(Dimensions * empty) + d] += value;
            }
        }
    }
}
