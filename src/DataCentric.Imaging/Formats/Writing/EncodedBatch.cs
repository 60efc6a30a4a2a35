using DataCentric.Imaging.Pictures;
using SkiaSharp;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>An image as a file.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Encoding">What it is.</param>
public sealed record EncodedImage(byte[] Bytes, ImageEncoding Encoding);

/// <summary>Encodes the images of a batch, each in an encoding of its own, on all processors.</summary>
public static class EncodedBatch
{
    /// <summary>Of 0 to 100: how long lossless WebP searches for smaller files. Skia's default for it takes five times as long for 2 %.</summary>
    private const float LosslessEffort = 20;

    /// <summary>Encodes a batch.</summary>
    /// <param name="images">The batch.</param>
    /// <param name="encodingOf">Encoding of an image by its place in the batch.</param>
    /// <returns>A file for each image; the same bytes for any number of processors.</returns>
    public static EncodedImage[] Encode(ImageSet images, Func<int, ImageEncoding> encodingOf)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(encodingOf);
        var files = new EncodedImage[images.Count];
        Parallel.For(
            0,
            images.Count,
            () => new PngFile(PngPacking.Huffman),
            (i, _, png) =>
            {
                var encoding = encodingOf(i);
                files[i] = new(encoding.Kind == ImageFileKind.Png ? png.Encode(images.Image(i), images.Shape) : Encode(images.Image(i), images.Shape, encoding), encoding);
                return png;
            },
            png => png.Dispose());
        return files;
    }

    private static byte[] Encode(ReadOnlySpan<byte> rgb, ImageShape shape, ImageEncoding encoding)
    {
        using var bitmap = RgbImage.ToBitmap(rgb, shape);
        using var pixmap = bitmap.PeekPixels();
        using var file = encoding switch
        {
            // With chroma at half resolution coloured noise, of which corruptions are made, is lost: 12.5 levels of coarse dropout at quality 95, not 3.1.
            { Kind: ImageFileKind.Jpeg } => pixmap.Encode(new SKJpegEncoderOptions(encoding.Quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore)),
            { IsLossless: true } => pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, LosslessEffort)),
            _ => pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, encoding.Quality)),
        };
        return file?.ToArray() ?? throw new InvalidOperationException($"A {shape} image could not be encoded as {encoding}.");
    }
}
