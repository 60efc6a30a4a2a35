using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

        // All points begin in the first cluster; the sums are whole numbers below 2^24, so moving points between them is exact.
        labels.Clear();
        sums.Clear();
        sizes.Clear();
        sizes[0] = labels.Length;
        for (var d = 0; d < Dimensions; d++)
            sums[d] = Total(points.Slice(d * labels.Length, labels.Length));

        Assign(points, centres, labels, sums, sizes);
        for (var round = 1; ; round++)
        {
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
            Assign(points, centres, labels, sums, sizes);
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

    // The nearest centre of each point; of equally near ones the first. Points that change clusters move between the sums.
    private static void Assign(
        ReadOnlySpan<float> points, ReadOnlySpan<float> centres, Span<int> labels, Span<float> sums, Span<int> sizes)
    {
        var length = labels.Length;
        ref var xs = ref MemoryMarshal.GetReference(points);
        ref var first = ref MemoryMarshal.GetReference(centres);
        var i = 0;
        for (; i <= length - 8; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref xs, (nuint)i);
            var y = Vector256.LoadUnsafe(ref xs, (nuint)(length + i));
            var z = Vector256.LoadUnsafe(ref xs, (nuint)((2 * length) + i));
            var nearest = Vector256.Create(float.MaxValue);
            var label = Vector256<int>.Zero;
            for (int c = 0, k = 0; c < centres.Length; c += Dimensions, k++)
            {
                var dx = x - Vector256.Create(Unsafe.Add(ref first, c));
                var dy = y - Vector256.Create(Unsafe.Add(ref first, c + 1));
                var dz = z - Vector256.Create(Unsafe.Add(ref first, c + 2));
                var distance = (dx * dx) + (dy * dy) + (dz * dz);
                var nearer = Vector256.LessThan(distance, nearest);
                nearest = Vector256.Min(distance, nearest);
                label = Vector256.ConditionalSelect(nearer.AsInt32(), Vector256.Create(k), label);
            }

            var before = Vector256.LoadUnsafe(ref labels[i]);
            var changed = ~Vector256.Equals(before, label).ExtractMostSignificantBits() & 0xFF;
            for (; changed != 0; changed &= changed - 1)
            {
                var lane = BitOperations.TrailingZeroCount(changed);
                Move(points, i + lane, length, labels[i + lane], label[lane], sums, sizes);
            }

            label.StoreUnsafe(ref labels[i]);
        }

        for (; i < length; i++)
        {
            var nearest = float.MaxValue;
            var label = 0;
            for (int c = 0, k = 0; c < centres.Length; c += Dimensions, k++)
            {
                var dx = points[i] - centres[c];
                var dy = points[length + i] - centres[c + 1];
                var dz = points[(2 * length) + i] - centres[c + 2];
                var distance = (dx * dx) + (dy * dy) + (dz * dz);
                if (distance < nearest)
                    (nearest, label) = (distance, k);
            }

            Move(points, i, length, labels[i], label, sums, sizes);
            labels[i] = label;
        }
    }

    private static void Move(ReadOnlySpan<float> points, int point, int length, int from, int to, Span<float> sums, Span<int> sizes)
    {
        sizes[from]--;
        sizes[to]++;
        for (var d = 0; d < Dimensions; d++)
        {
            var value = points[(d * length) + point];
            sums[(Dimensions * from) + d] -= value;
            sums[(Dimensions * to) + d] += value;
        }
    }

    private static float Total(ReadOnlySpan<float> values)
    {
        var sum = 0f;
        foreach (var value in values)
            sum += value;
        return sum;
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

            Move(points, place, length, biggest, empty, sums, sizes);
            labels[place] = empty;
        }
    }
}
