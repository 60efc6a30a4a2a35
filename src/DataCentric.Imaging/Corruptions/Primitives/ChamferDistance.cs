using System.Runtime.Intrinsics;

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
        for (var y = 0; y < shape.Height; y++)
        {
            var row = ((y + Margin) * stride) + Margin;
            for (var x = 0; x < shape.Width; x += EightBytes.Count)
            {
                x = int.Min(x, shape.Width - EightBytes.Count);
                var unmarked = Vector256.Equals(EightBytes.Read(marks[((y * shape.Width) + x)..]), Vector256<int>.Zero);
                (Nearest(steps, row + x, -stride) & unmarked).CopyTo(steps[(row + x)..]);
            }

            for (int place = row, last = Far; place < row + shape.Width; place++)
                steps[place] = last = int.Min(steps[place], last + Straight);
        }

        for (var y = shape.Height - 1; y >= 0; y--)
        {
            var row = ((y + Margin) * stride) + Margin;
            for (var x = 0; x < shape.Width; x += EightBytes.Count)
            {
                x = int.Min(x, shape.Width - EightBytes.Count);
                Vector256.Min(Nearest(steps, row + x, stride), Vector256.Create<int>(steps[(row + x)..])).CopyTo(steps[(row + x)..]);
            }

            var last = Far;
            for (var x = shape.Width - 1; x >= 0; x--)
            {
                steps[row + x] = last = int.Min(steps[row + x], last + Straight);
                distance[(y * shape.Width) + x] = last / (float)Straight;
            }
        }
    }

    // The least distance of eight pixels by way of the two rows on one side. A row has eight pixels or more; the last eight may be computed twice.
    private static Vector256<int> Nearest(ReadOnlySpan<int> steps, int place, int beside)
    {
        var (one, two) = (place + beside, place + (2 * beside));
        var straight = Eight(steps, one) + Vector256.Create(Straight);
        var diagonal = Vector256.Min(Eight(steps, one - 1), Eight(steps, one + 1)) + Vector256.Create(Diagonal);
        var wide = Vector256.Min(Eight(steps, one - 2), Eight(steps, one + 2));
        var high = Vector256.Min(Eight(steps, two - 1), Eight(steps, two + 1));
        var knight = Vector256.Min(wide, high) + Vector256.Create(Knight);
        return Vector256.Min(Vector256.Min(straight, diagonal), Vector256.Min(knight, Vector256.Create(Far)));
    }

    private static Vector256<int> Eight(ReadOnlySpan<int> steps, int place) => Vector256.Create(steps.Slice(place, Vector256<int>.Count));
}
