using System.Numerics.Tensors;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// The light on drops of water in ImageNet-C's spatter, step by step as OpenCV computes it: distance to the drops' edges (Canny 50,
/// 150), at most 20, mean of 3 x 3, histogram equalised, embossed with [-2 -1 0; -1 1 1; 0 1 2], mean of 3 x 3.
/// </summary>
internal static class DropRelief
{
    private const float Farthest = 20;
    private static readonly float[] Box = [1, 1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly float[] Emboss = [-2, -1, 0, -1, 1, 1, 0, 1, 2];

    /// <summary>Computes the light.</summary>
    /// <param name="drops">H x W levels of the drops.</param>
    /// <param name="relief">Receives H x W levels of light.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Fill(ReadOnlySpan<byte> drops, Span<byte> relief, ImageShape shape, CorruptionScratch scratch)
    {
        var edges = scratch.Take<byte>(drops.Length);
        CannyEdges.Find(drops, edges, shape, 50, 150, scratch);
        var distance = scratch.Take<float>(drops.Length);
        ChamferDistance.Fill(edges, distance, shape, scratch);
        TensorPrimitives.Min(distance, Farthest, distance);

        var sums = scratch.Take<float>(drops.Length);
        Sum(PaddedPlane.Of(distance, shape, 1, Margins.All(1), Border.Reflect101, scratch), shape, Box, sums, scratch);
        TensorPrimitives.Divide(sums, Box.Length, sums);
        Pixels.Floor8(sums, relief, 1e-4f);
        Equalize(relief);
        Sum(PaddedPlane.Of(relief, shape, 1, Margins.All(1), Border.Reflect101, scratch), shape, Emboss, sums, scratch);
        Pixels.Round8(sums, relief);
        Sum(PaddedPlane.Of(relief, shape, 1, Margins.All(1), Border.Reflect101, scratch), shape, Box, sums, scratch);
        TensorPrimitives.Divide(sums, Box.Length, sums);
        Pixels.Round8(sums, relief);
    }

    // OpenCV's equalizeHist: the cumulated counts above the lowest level that occurs, scaled to 255.
    private static void Equalize(Span<byte> image)
    {
        // Neighbours are often alike; counting them in different tables, no count waits for the one before.
        Span<int> counts = stackalloc int[256];
        Span<int> others = stackalloc int[256];
        counts.Clear();
        others.Clear();
        for (var i = 1; i < image.Length; i += 2)
        {
            counts[image[i - 1]]++;
            others[image[i]]++;
        }

        TensorPrimitives.Add(counts, others, counts);
        if (int.IsOddInteger(image.Length))
            counts[image[^1]]++;
        var lowest = counts.IndexOfAnyExcept(0);
        if (counts[lowest] == image.Length)
            return;
        var scale = 255f / (image.Length - counts[lowest]);
        Span<byte> table = stackalloc byte[256];
        table.Clear();
        for (int level = lowest + 1, sum = 0; level < 256; level++)
        {
            sum += counts[level];
            table[level] = Pixels.Round8(sum * scale);
        }

        foreach (ref var value in image)
            value = table[value];
    }

    // The weighted sums of 3 x 3 neighbours.
    private static void Sum(PaddedPlane plane, ImageShape shape, float[] weights, Span<float> sums, CorruptionScratch scratch)
    {
        var offsets = scratch.Take<int>(weights.Length);
        for (var tap = 0; tap < offsets.Length; tap++)
            offsets[tap] = plane.Offset((tap / 3) - 1, (tap % 3) - 1);
        for (var y = 0; y < shape.Height; y++)
        {
            SparseFilter.Row(
                plane.Values, plane.Origin + (y * plane.Stride), offsets, weights, sums.Slice(y * shape.Width, shape.Width));
        }
    }
}
