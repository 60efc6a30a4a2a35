using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>PNG, JPEG, WebP, BMP and GIF to RGB bytes, and those to PNG (SkiaSharp).</summary>
/// <remarks>
/// Decoding gives the stored values: no colour profile is applied and EXIF orientation is ignored, as in the usual training loaders
/// (Pillow's <c>Image.open(..).convert("RGB")</c>). Grey and palette images become RGB; 16-bit samples keep their upper byte. Files of
/// several frames are refused: which one counts would be a guess.
/// </remarks>
public static class RgbImage
{
    /// <summary>Largest encoded image that is read, in bytes.</summary>
    public const int LargestEncoded = 64 << 20;

    /// <summary>What is decoded, for messages.</summary>
    internal const string Expected = "PNG, JPEG, WebP, BMP or GIF";
    private const int RgbaChannels = 4;

    /// <summary>Reads the size of an image from its header.</summary>
    /// <param name="encoded">A file.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">It is of another format, or a side is outside 8..1024.</exception>
    public static ImageShape Measure(ReadOnlySpan<byte> encoded, string source)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = Open(data, source);
        return ShapeOf(codec, source);
    }

    /// <summary>Decodes an image.</summary>
    /// <param name="encoded">A file.</param>
    /// <param name="source">File, for messages.</param>
    /// <param name="shape">Its height and width.</param>
    /// <returns>H x W x 3 bytes, RGB.</returns>
    /// <exception cref="InputException">
    /// It is of another format, has several frames, is broken or truncated, has a pixel that is not fully opaque, or a side is outside 8..1024.
    /// </exception>
    public static byte[] Decode(ReadOnlySpan<byte> encoded, string source, out ImageShape shape) => Decode(encoded, source, out shape, out _);

    /// <summary>Decodes an image, and tells whether it asks to be shown otherwise than it is stored.</summary>
    internal static byte[] Decode(ReadOnlySpan<byte> encoded, string source, out ImageShape shape, out bool isTurned)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = Open(data, source);
        shape = ShapeOf(codec, source);
        isTurned = codec.EncodedOrigin != SKEncodedOrigin.TopLeft;
        if (codec.FrameCount > 1)
            throw new InputException($"{source}: is an animation of {codec.FrameCount} frames; expected one picture.");
        using var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new InputException($"{source}: the image is broken or truncated ({result}).");
        var rgb = new byte[shape.ByteLength];
        CopyOpaque(bitmap.GetPixelSpan(), rgb, shape.Width, source);
        return rgb;
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

    private static SKCodec Open(SKData data, string source)
    {
        var codec = SKCodec.Create(data)
            ?? throw new InputException($"{source}: is not an image that can be read; expected {Expected}.");
        if (codec.EncodedFormat is SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif)
            return codec;
        var format = codec.EncodedFormat;
        codec.Dispose();
        throw new InputException($"{source}: is a {format} image; expected {Expected}.");
    }

    private static ImageShape ShapeOf(SKCodec codec, string source) =>
        new ImageShape(codec.Info.Height, codec.Info.Width).Validated(source);

    private static void CopyOpaque(ReadOnlySpan<byte> rgba, Span<byte> rgb, int width, string source)
    {
        for (var pixel = 0; pixel * ImageShape.Channels < rgb.Length; pixel++)
        {
            var alpha = rgba[(pixel * RgbaChannels) + 3];
            if (alpha != byte.MaxValue)
            {
                throw new InputException(
                    $"{source}: the pixel at row {pixel / width}, column {pixel % width} is not opaque (alpha {alpha}); "
                    + "expected an image without transparency, since any background would be invented data.");
            }

            rgba.Slice(pixel * RgbaChannels, ImageShape.Channels).CopyTo(rgb[(pixel * ImageShape.Channels)..]);
        }
    }
}
