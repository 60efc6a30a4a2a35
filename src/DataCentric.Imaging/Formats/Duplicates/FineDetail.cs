using System.Numerics.Tensors;

namespace DataCentric.Imaging.Formats.Duplicates;

/// <summary>
/// How alike two grey pictures are in their fine detail, which is the picture less its mean over 5x5 pixels, where one may be moved: the
/// largest correlation between the inner part of the first and parts of the same size of the second. Coarse structure does not count, since
/// all ships before a sky have the same.
/// </summary>
internal static class FineDetail
{
    private const int Side = Thumbnail.Side;
    private const int Reach = 3; // pixels of 32: the copies in CIFAR-10 are moved by less
    private const int Inner = Side - (2 * Reach);
    private const int Blur = 2;

    /// <summary>Parts with less detail than this (length, in levels) count as if they had as much: it is noise.</summary>
    private const float LeastDetail = 20;

    /// <summary>-1 to 1.</summary>
    /// <param name="first">32 x 32 levels.</param>
    /// <param name="second">32 x 32 levels.</param>
    public static double Correlation(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<float> detail = stackalloc float[Side * Side];
        Span<float> inner = stackalloc float[Inner * Inner];
        Span<float> moved = stackalloc float[Inner * Inner];
        Of(first, detail);
        var length = Cut(detail, Reach, Reach, inner);
        Of(second, detail);
        var best = -1f;
        for (var dy = 0; dy <= 2 * Reach; dy++)
        {
            for (var dx = 0; dx <= 2 * Reach; dx++)
            {
                var otherLength = Cut(detail, dy, dx, moved);
                best = Math.Max(best, TensorPrimitives.Dot<float>(inner, moved) / (length * otherLength));
            }
        }

        return best;
    }

    private static void Of(ReadOnlySpan<byte> picture, Span<float> detail)
    {
        Span<float> across = stackalloc float[Side * Side];
        for (var i = 0; i < detail.Length; i++)
        {
            var sum = 0f;
            for (var d = -Blur; d <= Blur; d++)
                sum += picture[(i / Side * Side) + Math.Clamp((i % Side) + d, 0, Side - 1)];
            across[i] = sum;
        }

        for (var i = 0; i < detail.Length; i++)
        {
            var sum = 0f;
            for (var d = -Blur; d <= Blur; d++)
                sum += across[(Math.Clamp((i / Side) + d, 0, Side - 1) * Side) + (i % Side)];
            detail[i] = picture[i] - (sum / (((2 * Blur) + 1) * ((2 * Blur) + 1)));
        }
    }

    /// <summary>Copies a part and gives its length.</summary>
    private static float Cut(ReadOnlySpan<float> detail, int top, int left, Span<float> part)
    {
        for (var y = 0; y < Inner; y++)
            detail.Slice(((top + y) * Side) + left, Inner).CopyTo(part[(y * Inner)..]);
        return Math.Max(LeastDetail, TensorPrimitives.Norm<float>(part));
    }
}
