namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Linear resize of an RGB image as OpenCV's INTER_LINEAR: output i lies at (i + 1/2) n/m - 1/2, edge values repeated.</summary>
internal static class LinearResize
{
    /// <summary>Resizes.</summary>
    /// <param name="input">H x W x 3 bytes.</param>
    /// <param name="from">Height and width of the input.</param>
    /// <param name="output">H x W x 3 bytes.</param>
    /// <param name="to">Height and width of the output.</param>
    /// <param name="scratch">Buffers.</param>
    public static void Resize(ReadOnlySpan<byte> input, ImageShape from, Span<byte> output, ImageShape to, CorruptionScratch scratch)
    {
        var row = scratch.Take<float>(from.Width * 3);
        for (var y = 0; y < to.Height; y++)
        {
            var (top, bottom, down) = Place(y, from.Height, to.Height);
            var upper = input.Slice(top * row.Length, row.Length);
            var lower = input.Slice(bottom * row.Length, row.Length);
            for (var x = 0; x < row.Length; x++)
                row[x] = upper[x] + (down * (lower[x] - upper[x]));
            for (var x = 0; x < to.Width; x++)
            {
                var (left, right, across) = Place(x, from.Width, to.Width);
                for (var channel = 0; channel < 3; channel++)
                {
                    var near = row[(3 * left) + channel];
                    output[(3 * ((y * to.Width) + x)) + channel] =
                        Pixels.Round8(near + (across * (row[(3 * right) + channel] - near)));
                }
            }
        }
    }

    private static (int Low, int High, float Fraction) Place(int i, int from, int to)
    {
        var place = Math.Clamp(((i + 0.5f) * from / to) - 0.5f, 0, from - 1);
        return ((int)place, int.Min((int)place + 1, from - 1), place - (int)place);
    }
}
