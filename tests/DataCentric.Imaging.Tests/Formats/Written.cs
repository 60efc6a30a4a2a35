using System.Security.Cryptography;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Six 8x8 images of three classes as this program's writers write them.</summary>
internal static class Written
{
    private static readonly ImageShape Shape = new(8, 8);

    public static string[] Classes { get; } = ["ant", "bee", "cat"];

    public static ImageSet Images(bool soft) => new(
        Shape, Made.Bytes(6 * Shape.ByteLength), [0, 1, 2, 0, 1, 2], [.. Enumerable.Range(0, 6).Select(i => $"data_batch_1.bin#{i * 7}")],
        soft ? [.. Enumerable.Range(0, 6).SelectMany(i => Row(i % 3))] : null);

    public static async Task<byte[]> ParquetAsync(bool soft)
    {
        var images = Images(soft);
        using var stream = new MemoryStream();
        await using (var writer = await ParquetImageWriter.CreateAsync(stream, Info(soft), CancellationToken.None))
        {
            await writer.WriteAsync(images, Provenance(images), PngBatch.Encode(images, PngPacking.Stored), CancellationToken.None);
            await writer.CompleteAsync(CancellationToken.None);
        }

        return stream.ToArray();
    }

    public static async Task<byte[]> WebDatasetAsync(bool soft)
    {
        var images = Images(soft);
        using var stream = new MemoryStream();
        await using (var writer = new WebDatasetWriter(stream, Classes))
            await writer.WriteAsync(images, Provenance(images), PngBatch.Encode(images, PngPacking.Huffman), CancellationToken.None);
        return stream.ToArray();
    }

    private static float[] Row(int label) => [.. Enumerable.Range(0, 3).Select(column => column == label ? 0.7f : column == (label + 1) % 3 ? 0.2f : 0.1f)];

    private static ImageSetInfo Info(bool soft) => new("made", 6, Shape, Classes, soft);

    private static SampleProvenance[] Provenance(ImageSet images) =>
    [
        .. images.SourceIds.Select((source, i) =>
            new SampleProvenance(i, source, "clean", null, null, null, 0, 0, Convert.ToHexStringLower(SHA256.HashData(images.Image(i))))),
    ];
}
