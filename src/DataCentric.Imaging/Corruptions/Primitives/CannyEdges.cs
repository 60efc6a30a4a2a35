namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Canny's edges (1986) as OpenCV finds them: 3 x 3 Sobel with repeated borders, size |dx| + |dy|, thinned along the gradient in
/// steps of 45 degrees, then everything above the low threshold that hangs together with something above the high one.
/// </summary>
internal static class CannyEdges
{
    // tan 22.5 degrees in 15-bit fixed point.
    private const int Tangent = 13573;
    private const byte Weak = 1;
    private const byte Strong = 2;

    /// <summary>Finds the edges.</summary>
    /// <param name="image">H x W levels.</param>
    /// <param name="edges">Receives 255 on edges, 0 elsewhere.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="low">Low threshold.</param>
    /// <param name="high">High threshold.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Find(ReadOnlySpan<byte> image, Span<byte> edges, ImageShape shape, int low, int high, CorruptionScratch scratch)
    {
        // Sizes have a border of zeros, one pixel wide.
        var stride = shape.Width + 2;
        var sizes = scratch.TakeZeroed<int>(stride * (shape.Height + 2));
        var gradients = scratch.Take<(int X, int Y)>(shape.PixelCount);
        for (var y = 0; y < shape.Height; y++)
            Sobel(image, shape, y, gradients.Slice(y * shape.Width, shape.Width), sizes.Slice(((y + 1) * stride) + 1, shape.Width));

        var open = scratch.Take<int>(shape.PixelCount);
        var waiting = 0;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (i, place) = ((y * shape.Width) + x, ((y + 1) * stride) + x + 1);
                edges[i] = 0;
                if (sizes[place] <= low || !IsRidge(gradients[i], sizes, place, stride))
                    continue;
                edges[i] = sizes[place] > high ? Strong : Weak;
                if (edges[i] == Strong)
                    open[waiting++] = i;
            }
        }

        while (waiting > 0)
        {
            var (y, x) = Math.DivRem(open[--waiting], shape.Width);
            for (var beside = int.Max(y - 1, 0); beside <= int.Min(y + 1, shape.Height - 1); beside++)
            {
                for (var next = int.Max(x - 1, 0); next <= int.Min(x + 1, shape.Width - 1); next++)
                {
                    var i = (beside * shape.Width) + next;
                    if (edges[i] != Weak)
                        continue;
                    edges[i] = Strong;
                    open[waiting++] = i;
                }
            }
        }

        foreach (ref var edge in edges)
            edge = edge == Strong ? (byte)255 : (byte)0;
    }

    private static void Sobel(ReadOnlySpan<byte> image, ImageShape shape, int y, Span<(int X, int Y)> gradients, Span<int> sizes)
    {
        var above = image.Slice(int.Max(y - 1, 0) * shape.Width, shape.Width);
        var here = image.Slice(y * shape.Width, shape.Width);
        var below = image.Slice(int.Min(y + 1, shape.Height - 1) * shape.Width, shape.Width);
        for (var x = 0; x < gradients.Length; x++)
        {
            var (left, right) = (int.Max(x - 1, 0), int.Min(x + 1, shape.Width - 1));
            var across = above[right] - above[left] + (2 * (here[right] - here[left])) + below[right] - below[left];
            var down = below[left] - above[left] + (2 * (below[x] - above[x])) + below[right] - above[right];
            gradients[x] = (across, down);
            sizes[x] = Math.Abs(across) + Math.Abs(down);
        }
    }

    // Larger than its two neighbours along the gradient; of two equal neighbours in a row or column the first is kept.
    private static bool IsRidge((int X, int Y) gradient, ReadOnlySpan<int> sizes, int place, int stride)
    {
        var size = sizes[place];
        long across = Math.Abs(gradient.X), along = (long)Math.Abs(gradient.Y) << 15;
        var flat = across * Tangent;
        if (along < flat)
            return size > sizes[place - 1] && size >= sizes[place + 1];
        if (along > flat + (across << 16))
            return size > sizes[place - stride] && size >= sizes[place + stride];
        var slant = (gradient.X ^ gradient.Y) < 0 ? -1 : 1;
        return size > sizes[place - stride - slant] && size > sizes[place + stride + slant];
    }
}
