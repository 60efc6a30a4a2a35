namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Distance to the nearest marked pixel, as OpenCV's distanceTransform with DIST_L2 and a 5 x 5 mask (Borgefors 1986): steps of 1,
/// 1.4 and 2.1969 in 16-bit fixed point, one sweep down and one up.
/// </summary>
internal static class ChamferDistance
{
    private const int Bits = 16;
    private const int Straight = 1 << Bits;
    private const int Diagonal = (int)((1.4 * Straight) + 0.5);
    private const int Knight = (int)((2.1969 * Straight) + 0.5);
    private const int Far = int.MaxValue >> 2;
    private const int Margin = 2;

    /// <summary>Computes the distances.</summary>
    /// <param name="marks">H x W bytes, marked where not 0.</param>
    /// <param name="distance">Receives H x W distances in pixels; 8192 where nothing is marked.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Fill(ReadOnlySpan<byte> marks, Span<float> distance, ImageShape shape, CorruptionScratch scratch)
    {
        var stride = shape.Width + (2 * Margin);
        var steps = scratch.Take<int>(stride * (shape.Height + (2 * Margin)));
        steps.Fill(Far);
        ReadOnlySpan<(int Offset, int Step)> mask =
        [
            ((-2 * stride) - 1, Knight), ((-2 * stride) + 1, Knight), (-stride - 2, Knight), (-stride - 1, Diagonal),
            (-stride, Straight), (-stride + 1, Diagonal), (-stride + 2, Knight), (-1, Straight),
        ];
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var place = ((y + Margin) * stride) + x + Margin;
                if (marks[(y * shape.Width) + x] != 0)
                {
                    steps[place] = 0;
                    continue;
                }

                var least = Far;
                foreach (var (offset, step) in mask)
                    least = int.Min(least, steps[place + offset] + step);
                steps[place] = least;
            }
        }

        for (var y = shape.Height - 1; y >= 0; y--)
        {
            for (var x = shape.Width - 1; x >= 0; x--)
            {
                var place = ((y + Margin) * stride) + x + Margin;
                var least = steps[place];
                foreach (var (offset, step) in mask)
                    least = int.Min(least, steps[place - offset] + step);
                steps[place] = least;
                distance[(y * shape.Width) + x] = least / (float)Straight;
            }
        }
    }
}
