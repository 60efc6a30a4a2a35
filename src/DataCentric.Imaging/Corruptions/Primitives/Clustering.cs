using System.Numerics;
using System.Numerics.Tensors;
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
    private const int Lanes = 8;

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
            sums[d] = TensorPrimitives.Sum(points.Slice(d * labels.Length, labels.Length));

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
            box[d] = (TensorPrimitives.Min(plane), TensorPrimitives.Max(plane));
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
        for (; i <= length - (2 * Lanes); i += 2 * Lanes)
        {
            // Two vectors at a time hide the latency of the running minimum.
            var x = Vector256.LoadUnsafe(ref xs, (nuint)i);
            var y = Vector256.LoadUnsafe(ref xs, (nuint)(length + i));
            var z = Vector256.LoadUnsafe(ref xs, (nuint)((2 * length) + i));
            var x2 = Vector256.LoadUnsafe(ref xs, (nuint)(i + Lanes));
            var y2 = Vector256.LoadUnsafe(ref xs, (nuint)(length + i + Lanes));
            var z2 = Vector256.LoadUnsafe(ref xs, (nuint)((2 * length) + i + Lanes));
            Vector256<float> nearest = Vector256.Create(float.MaxValue), nearest2 = nearest;
            Vector256<int> label = default, label2 = default;
            for (int c = 0, k = 0; c < centres.Length; c += Dimensions, k++)
            {
                var cx = Vector256.Create(Unsafe.Add(ref first, c));
                var cy = Vector256.Create(Unsafe.Add(ref first, c + 1));
                var cz = Vector256.Create(Unsafe.Add(ref first, c + 2));
                var number = Vector256.Create(k);
                Nearer(x - cx, y - cy, z - cz, number, ref nearest, ref label);
                Nearer(x2 - cx, y2 - cy, z2 - cz, number, ref nearest2, ref label2);
            }

            Relabel(points, i, label, labels, sums, sizes);
            Relabel(points, i + Lanes, label2, labels, sums, sizes);
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

    private static void Nearer(
        Vector256<float> dx,
        Vector256<float> dy,
        Vector256<float> dz,
        Vector256<int> number,
        ref Vector256<float> nearest,
        ref Vector256<int> label)
    {
        var distance = (dx * dx) + (dy * dy) + (dz * dz);
        label = Vector256.ConditionalSelect(Vector256.LessThan(distance, nearest).AsInt32(), number, label);
        nearest = Vector256.MinNative(distance, nearest);
    }

    private static void Relabel(
        ReadOnlySpan<float> points, int place, Vector256<int> label, Span<int> labels, Span<float> sums, Span<int> sizes)
    {
        var changed = ~Vector256.Equals(Vector256.LoadUnsafe(ref labels[place]), label).ExtractMostSignificantBits() & 0xFF;
        if (changed == 0)
            return;
        for (; changed != 0; changed &= changed - 1)
        {
            var lane = BitOperations.TrailingZeroCount(changed);
            Move(points, place + lane, labels.Length, labels[place + lane], label.GetElement(lane), sums, sizes);
        }

        label.StoreUnsafe(ref labels[place]);
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
            var place = Farthest(points, labels, biggest, from[0] * scale, from[1] * scale, from[2] * scale);
            Move(points, place, length, biggest, empty, sums, sizes);
            labels[place] = empty;
        }
    }

    // The point of a cluster that is farthest from its mean; of equally far ones the last.
    private static int Farthest(ReadOnlySpan<float> points, ReadOnlySpan<int> labels, int cluster, float x, float y, float z)
    {
        var length = labels.Length;
        var (farthest, place, i) = (0f, -1, 0);
        for (; i <= length - Lanes; i += Lanes)
        {
            var own = Vector256.Equals(Vector256.Create(labels.Slice(i, Lanes)), Vector256.Create(cluster));
            var dx = Vector256.Create(points.Slice(i, Lanes)) - Vector256.Create(x);
            var dy = Vector256.Create(points.Slice(length + i, Lanes)) - Vector256.Create(y);
            var dz = Vector256.Create(points.Slice((2 * length) + i, Lanes)) - Vector256.Create(z);
            var distances = Vector256.ConditionalSelect(own.AsSingle(), (dx * dx) + (dy * dy) + (dz * dz), Vector256.Create(-1f));
            if (!Vector256.GreaterThanOrEqualAny(distances, Vector256.Create(farthest)))
                continue;
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (farthest <= distances[lane])
                    (farthest, place) = (distances[lane], i + lane);
            }
        }

        for (; i < length; i++)
        {
            var (dx, dy, dz) = (points[i] - x, points[length + i] - y, points[(2 * length) + i] - z);
            var distance = (dx * dx) + (dy * dy) + (dz * dz);
            if (labels[i] == cluster && farthest <= distance)
                (farthest, place) = (distance, i);
        }

        return place;
    }
}
