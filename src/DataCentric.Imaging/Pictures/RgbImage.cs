using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>RGB bytes to PNG and back (SkiaSharp).</summary>
public static class RgbImage
{
    private const int RgbaChannels = 4;

    /// <summary>Decodes a picture as it is stored in its file, upright (<see cref="PictureDecoder"/>).</summary>
    /// <param name="encoded">A PNG, JPEG, WebP, BMP or GIF file.</param>
    /// <param name="source">File, for messages.</param>
    /// <param name="shape">Its height and width.</param>
    /// <returns>H x W x 3 bytes, RGB.</returns>
    /// <exception cref="InputException">It is of another format, broken or truncated, has a pixel that is not opaque, or a side is outside 8..1024.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> encoded, string source, out ImageShape shape)
    {
        var picture = new PictureDecoder(default).Decode(encoded, source);
        shape = picture.Shape;
        return picture.Rgb;
    }

    /// <summary>Encodes an image without loss; equal pixels give equal bytes.</summary>
    /// <param name="rgb">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <returns>A PNG file of 8-bit RGB.</returns>
    /// <exception cref="ArgumentException">The number of bytes does not fit the shape.</exception>
    public static byte[] EncodePng(ReadOnlySpan<byte> rgb, ImageShape shape)
    {
        using var bitmap = ToBitmap(rgb, shape);
        return EncodePng(bitmap);
    }

    /// <summary>Encodes what was drawn.</summary>
    internal static byte[] EncodePng(SKBitmap bitmap)
    {
        using var pixmap = bitmap.PeekPixels();
        using var png = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 6))
            ?? throw new InvalidOperationException($"A {bitmap.Width}x{bitmap.Height} image could not be encoded.");
        return png.ToArray();
    }

    /// <summary>The image as something Skia can draw; the caller disposes it.</summary>
    internal static SKBitmap ToBitmap(ReadOnlySpan<byte> rgb, ImageShape shape)
    {
        if (rgb.Length != shape.ByteLength)
            throw new ArgumentException($"{rgb.Length} bytes are not one {shape} image.", nameof(rgb));
        var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var rgba = bitmap.GetPixelSpan();
        for (var pixel = 0; pixel < shape.PixelCount; pixel++)
        {
            rgb.Slice(pixel * ImageShape.Channels, ImageShape.Channels).CopyTo(rgba[(pixel * RgbaChannels)..]);
            rgba[(pixel * RgbaChannels) + 3] = byte.MaxValue;
        }

        return bitmap;
    }
}
