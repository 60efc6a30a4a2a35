using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Pipeline.Export;

/// <summary>Tar shards of up to 256 MB of pixels; a loader shares them out among its workers.</summary>
internal static class WebDatasetExport
{
    private const long FileBytes = 256L << 20;

    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(SetExporter exporter, CancellationToken cancellationToken)
    {
        var shards = ShardedExport.Cut(exporter.Info.Count, exporter.Info.Shape.ByteLength, FileBytes);
        var files = new List<StoredFile>();
        for (var shard = 0; shard < shards.Count; shard++)
        {
            var (name, count) = (string.Create(CultureInfo.InvariantCulture, $"train-{shard:D6}.tar"), shards[shard]);
            files.Add(await exporter.WriteAsync(name, (stream, token) => WriteAsync(exporter, stream, count, token), cancellationToken));
        }

        return files;
    }

    private static async Task WriteAsync(SetExporter exporter, Stream stream, int count, CancellationToken cancellationToken)
    {
        await using var writer = new WebDatasetWriter(stream, exporter.Info.Classes);
        await foreach (var (batch, png) in exporter.ReadPngAsync(count, PngPacking.Huffman, cancellationToken))
            await writer.WriteAsync(batch.Images, batch.Provenance, png, cancellationToken);
    }
}
