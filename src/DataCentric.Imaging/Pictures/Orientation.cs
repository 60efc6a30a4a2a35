using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>EXIF orientation (Exif 2.32, tag 0x0112): how stored rows and columns become those that are shown.</summary>
internal static class Orientation
{
    /// <summary>The size of a picture when upright.</summary>
    public static ImageShape Upright(ImageShape stored, SKEncodedOrigin origin) => IsOnItsSide(origin) ? new(stored.Width, stored.Height) : stored;

    /// <summary>Turns and mirrors a picture so that it is upright.</summary>
    /// <param name="rgb">H x W x 3 bytes as stored.</param>
    /// <param name="stored">Height and width as stored.</param>
    /// <param name="origin">Which corner of the shown picture the first pixel is.</param>
    public static (byte[] Rgb, ImageShape Shape) Upright(byte[] rgb, ImageShape stored, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
            return (rgb, stored);
        var shape = Upright(stored, origin);
        var result = new byte[rgb.Length];
        var fromBottom = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        var fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (row, column) = IsOnItsSide(origin) ? (x, y) : (y, x);
                row = fromBottom ? stored.Height - 1 - row : row;
                column = fromRight ? stored.Width - 1 - column : column;
                rgb.AsSpan(((row * stored.Width) + column) * ImageShape.Channels, ImageShape.Channels).CopyTo(result.AsSpan(((y * shape.Width) + x) * ImageShape.Channels));
            }
        }

        return (result, shape);
    }

    private static bool IsOnItsSide(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
}
