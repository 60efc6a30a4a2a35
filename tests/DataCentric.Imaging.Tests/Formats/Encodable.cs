using SkiaSharp;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Encodes pictures with SkiaSharp itself, apart from the code under test.</summary>
internal static class Encodable
{
    public static SKBitmap Bitmap(int height, int width, Func<int, int, SKColor> colour, SKAlphaType alpha = SKAlphaType.Opaque)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        }

        return bitmap;
    }

    public static byte[] Png(SKBitmap bitmap) => Encode(bitmap, SKEncodedImageFormat.Png);

    public static byte[] Jpeg(SKBitmap bitmap) => Encode(bitmap, SKEncodedImageFormat.Jpeg);

    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int height, int width, byte value)
    {
        using var bitmap = Bitmap(height, width, (_, _) => new SKColor(value, value, value));
        return Png(bitmap);
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
