using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>Encodes the images of a batch as PNG on all processors.</summary>
public static class PngBatch
{
    /// <summary>Encodes a batch.</summary>
    /// <param name="images">The batch.</param>
    /// <param name="packing">How each file holds its pixels.</param>
    /// <returns>A PNG file for each image; the same bytes for any number of processors.</returns>
    public static byte[][] Encode(ImageSet images, PngPacking packing)
    {
        ArgumentNullException.ThrowIfNull(images);
        var files = new byte[images.Count][];
        Parallel.For(
            0,
            images.Count,
            () => new PngFile(packing),
            (i, _, encoder) =>
            {
                files[i] = encoder.Encode(images.Image(i), images.Shape);
                return encoder;
            },
            encoder => encoder.Dispose());
        return files;
    }
}
