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
        var columns = scratch.Take<int>(to.Width);
        var fractions = scratch.Take<float>(to.Width);
        for (var x = 0; x < to.Width; x++)
            (columns[x], fractions[x]) = Place(x, from.Width, to.Width);

        var pixels = scratch.Take<float>(input.Length);
        Pixels.ToFloat(input, pixels);
        var row = scratch.Take<float>(PixelRow.Length(from.Width));
        var line = scratch.Take<float>(PixelRow.Length(to.Width));
        var (read, written) = (from.Width * 3, to.Width * 3);
        for (var y = 0; y < to.Height; y++)
        {
            var (top, share) = Place(y, from.Height, to.Height);
            var bottom = int.Min(top + 1, from.Height - 1);
            PixelRow.Between(pixels.Slice(top * read, read), pixels.Slice(bottom * read, read), share, row);
            PixelRow.Sample(row, columns, fractions, line);
            Pixels.Round8(line[..written], output.Slice(y * written, written));
        }
    }

    // The pixel before a place, and how far the place lies past it.
    private static (int Low, float Fraction) Place(int i, int from, int to)
    {
        var place = Math.Clamp(((i + 0.5f) * from / to) - 0.5f, 0, from - 1);
        return ((int)place, place - (int)place);
    }
}
