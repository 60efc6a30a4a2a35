using DataCentric.Images;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// The light on drops of water in ImageNet-C's spatter, step by step as OpenCV computes it: distance to the drops' edges (Canny 50,
/// 150), at most 20, mean of 3 x 3, histogram equalised, embossed with [-2 -1 0; -1 1 1; 0 1 2], mean of 3 x 3.
/// </summary>
internal static class DropRelief
{
    private const float Farthest = 20;
    private static readonly int[] Emboss = [-2, -1, 0, -1, 1, 1, 0, 1, 2];

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
        for (var i = 0; i < distance.Length; i++)
            distance[i] = Math.Min(distance[i], Farthest);

        var plane = PaddedPlane.Of(distance, shape, 1, Margins.All(1), Border.Reflect101, scratch);
        for (var i = 0; i < relief.Length; i++)
            relief[i] = (byte)((Sum(plane, shape, i, []) / 9f) + 1e-4f);
        Equalize(relief);
        plane = PaddedPlane.Of(relief, shape, 1, Margins.All(1), Border.Reflect101, scratch);
        for (var i = 0; i < relief.Length; i++)
            relief[i] = Pixels.Round8(Sum(plane, shape, i, Emboss));
        plane = PaddedPlane.Of(relief, shape, 1, Margins.All(1), Border.Reflect101, scratch);
        for (var i = 0; i < relief.Length; i++)
            relief[i] = Pixels.Round8(Sum(plane, shape, i, []) / 9f);
    }

    // OpenCV's equalizeHist: the cumulated counts above the lowest level that occurs, scaled to 255.
    private static void Equalize(Span<byte> image)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var value in image)
            counts[value]++;
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

    // The sum of 3 x 3 neighbours, weighted if weights are given.
    private static float Sum(PaddedPlane plane, ImageShape shape, int place, ReadOnlySpan<int> weights)
    {
        var first = plane.Origin + (place / shape.Width * plane.Stride) + (place % shape.Width) - plane.Stride - 1;
        var sum = 0f;
        for (var tap = 0; tap < 9; tap++)
            sum += plane.Values[first + (tap / 3 * plane.Stride) + (tap % 3)] * (weights.IsEmpty ? 1 : weights[tap]);
        return sum;
    }
}
