using DataCentric.Imaging.Reading;
using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>
/// PNG, JPEG, WebP, BMP and GIF files to RGB bytes of the size that is asked for (SkiaSharp decodes). Pictures are turned upright as their EXIF
/// orientation says, as Hugging Face's <c>datasets</c> and Pillow's <c>ImageOps.exif_transpose</c> do; otherwise stored values are taken
/// as they are, without colour profiles. Grey and palette pictures become RGB, 16-bit samples keep their upper byte, and of an animation the first
/// frame is read. Several threads may decode at once.
/// </summary>
/// <param name="options">Size, background.</param>
internal sealed class PictureDecoder(ReadingOptions options)
{
    /// <summary>Most pixels of a picture that is made smaller: what a camera of 128 megapixels takes.</summary>
    private const int MostPixels = 1 << 27;

    private const int RgbaChannels = 4;
    private const int PngBitDepthAt = 24;

    /// <summary>What is decoded, for messages.</summary>
    public const string Expected = "PNG, JPEG, WebP, BMP or GIF";

    /// <summary>What was found until now.</summary>
    public PictureStatistics Statistics { get; } = new();

    /// <summary>The size that a picture has when decoded, from its header.</summary>
    /// <param name="encoded">A file.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">It is of another format, or of a size that is not read.</exception>
    public ImageShape Measure(ReadOnlySpan<byte> encoded, string source)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = Open(data, source);
        return options.Resize is { } rule ? rule.Shape : CheckedShape(Upright(codec), source);
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="encoded">A file.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">It is of another format, broken, truncated, transparent without a background, or of a size that is not read.</exception>
    public DecodedPicture Decode(ReadOnlySpan<byte> encoded, string source)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = Open(data, source);
        var (stored, origin) = (new ImageShape(codec.Info.Height, codec.Info.Width), codec.EncodedOrigin);
        using var bitmap = Pixels(codec, encoded, source);
        var rgb = new byte[stored.ByteLength];
        var isTransparent = CopyOpaque(bitmap.GetPixelSpan(), rgb, stored.Width, source);
        Statistics.Add(new(codec.EncodedFormat, Upright(codec), codec.Info.ColorType == SKColorType.Gray8, isTransparent, origin != SKEncodedOrigin.TopLeft, codec.FrameCount, HasWideSamples(codec, encoded)), source);
        var (upright, shape) = Orientation.Upright(rgb, stored, origin);
        return options.Resize is { } rule ? new(Resizing.Apply(upright, shape, options), rule.Shape) : new(upright, shape);
    }

    /// <summary>Whether a PNG file has 16 bits a sample: the bit depth stands behind width and height in the first chunk (PNG specification, 11.2.1).</summary>
    private static bool HasWideSamples(SKCodec codec, ReadOnlySpan<byte> encoded) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png && encoded.Length > PngBitDepthAt && encoded[PngBitDepthAt] == 16;

    /// <summary>Checks that a picture is whole: that it can be decoded to its end.</summary>
    /// <param name="encoded">A file.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="BrokenImageException">It is not, or no picture at all.</exception>
    /// <exception cref="InputException">It is of another format, or of a size that is not read.</exception>
    public void RequireWhole(ReadOnlySpan<byte> encoded, string source)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = Open(data, source);
        Pixels(codec, encoded, source).Dispose();
    }

    private SKBitmap Pixels(SKCodec codec, ReadOnlySpan<byte> encoded, string source)
    {
        CheckedShape(Upright(codec), source);
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        var isWhole = codec.EncodedFormat != SKEncodedImageFormat.Jpeg || JpegMarkers.HaveEnd(encoded);
        if (result == SKCodecResult.Success && isWhole)
            return bitmap;
        bitmap.Dispose();
        throw new BrokenImageException($"{source}: the image is broken or truncated ({(isWhole ? result : SKCodecResult.IncompleteInput)}).");
    }

    private static SKCodec Open(SKData data, string source)
    {
        var codec = SKCodec.Create(data)
            ?? throw new BrokenImageException($"{source}: is not an image that can be read; expected {Expected}.");
        if (codec.EncodedFormat is SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif)
            return codec;
        var format = codec.EncodedFormat;
        codec.Dispose();
        throw new InputException($"{source}: is a {format} image; expected {Expected}.");
    }

    private static ImageShape Upright(SKCodec codec) => Orientation.Upright(new(codec.Info.Height, codec.Info.Width), codec.EncodedOrigin);

    private ImageShape CheckedShape(ImageShape shape, string source)
    {
        if (options.Resize is null)
            return shape.IsValid ? shape : throw new InputException($"{source}: is {shape}; {ImageShape.Limits}. Bring all images to one size by --resize, such as --resize 224.");
        return (long)shape.Height * shape.Width <= MostPixels ? shape : throw new InputException($"{source}: is {shape}; expected at most {MostPixels >> 20} megapixels.");
    }

    /// <summary>Copies colours, laid on the background where they are not opaque.</summary>
    /// <returns>Whether some were not.</returns>
    private bool CopyOpaque(ReadOnlySpan<byte> rgba, Span<byte> rgb, int width, string source)
    {
        var isTransparent = false;
        for (var pixel = 0; pixel * ImageShape.Channels < rgb.Length; pixel++)
        {
            var colour = rgba.Slice(pixel * RgbaChannels, ImageShape.Channels);
            var target = rgb.Slice(pixel * ImageShape.Channels, ImageShape.Channels);
            var alpha = rgba[(pixel * RgbaChannels) + 3];
            if (alpha == byte.MaxValue)
            {
                colour.CopyTo(target);
                continue;
            }

            if (options.Background is not { } behind)
            {
                throw new InputException(
                    $"{source}: the pixel at row {pixel / width}, column {pixel % width} is not opaque (alpha {alpha}); "
                    + "expected an image without transparency. Name the colour that lies behind it by --background, such as --background white.");
            }

            isTransparent = true;
            target[0] = Mixed(colour[0], behind.Red, alpha);
            target[1] = Mixed(colour[1], behind.Green, alpha);
            target[2] = Mixed(colour[2], behind.Blue, alpha);
        }

        return isTransparent;
    }

    // (a c + (255 - a) b) / 255, rounded to nearest; Pillow's Image.paste with a mask does the same.
    private static byte Mixed(byte colour, byte behind, byte alpha) => (byte)(((colour * alpha) + (behind * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);
}

/// <summary>A decoded picture.</summary>
/// <param name="Rgb">H x W x 3 bytes.</param>
/// <param name="Shape">Height and width.</param>
internal sealed record DecodedPicture(byte[] Rgb, ImageShape Shape);
