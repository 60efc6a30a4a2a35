using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>One sample in small: clean, result and amplified difference side by side.</summary>
public static class SampleStrip
{
    /// <summary>Longest side of one of the three pictures, in pixels; larger images are reduced.</summary>
    public const int LongestSide = 64;

    private const int Pictures = 3;

    /// <summary>Shape of the strip of an image.</summary>
    /// <param name="shape">Shape of the image.</param>
    /// <returns>h x 3w, where h and w are at most <see cref="LongestSide"/>.</returns>
    public static ImageShape ShapeOf(ImageShape shape)
    {
        var small = Reduced(shape);
        return new(small.Height, Pictures * small.Width);
    }

    /// <summary>Makes the strip; the difference is that of the reduced images, see <see cref="ContactSheet.Difference"/>.</summary>
    /// <param name="clean">H x W x 3 bytes.</param>
    /// <param name="result">H x W x 3 bytes.</param>
    /// <param name="shape">H and W.</param>
    /// <returns>h x 3w x 3 bytes.</returns>
    public static byte[] Make(ReadOnlySpan<byte> clean, ReadOnlySpan<byte> result, ImageShape shape)
    {
        var small = Reduced(shape);
        var (left, middle) = (Reduce(clean, shape, small), Reduce(result, shape, small));
        var right = ContactSheet.Difference(left, middle);
        var row = small.Width * ImageShape.Channels;
        var strip = new byte[Pictures * small.ByteLength];
        for (var y = 0; y < small.Height; y++)
        {
            var target = strip.AsSpan(Pictures * y * row);
            left.AsSpan(y * row, row).CopyTo(target);
            middle.AsSpan(y * row, row).CopyTo(target[row..]);
            right.AsSpan(y * row, row).CopyTo(target[(2 * row)..]);
        }

        return strip;
    }

    private static ImageShape Reduced(ImageShape shape)
    {
        var longest = Math.Max(shape.Height, shape.Width);
        return longest <= LongestSide ? shape : new(Scale(shape.Height), Scale(shape.Width));

        int Scale(int side) => Math.Max(1, (int)Math.Round((double)side * LongestSide / longest));
    }

    private static byte[] Reduce(ReadOnlySpan<byte> rgb, ImageShape shape, ImageShape to)
    {
        if (shape == to)
            return rgb.ToArray();
        using var full = RgbImage.ToBitmap(rgb, shape);
        using var small = full.Resize(full.Info.WithSize(to.Width, to.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var reduced = new byte[to.ByteLength];
        var rgba = small.GetPixelSpan();
        for (var pixel = 0; pixel < to.PixelCount; pixel++)
            rgba.Slice(4 * pixel, ImageShape.Channels).CopyTo(reduced.AsSpan(ImageShape.Channels * pixel));
        return reduced;
    }
}
