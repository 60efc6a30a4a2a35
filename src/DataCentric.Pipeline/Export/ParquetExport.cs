using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Export;

/// <summary>Parquet files named as the Hugging Face hub names them, of up to 512 MB of pixels.</summary>
internal static class ParquetExport
{
    private const long FileBytes = 512L << 20;

    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(SetExporter exporter, CancellationToken cancellationToken)
    {
        var shards = ShardedExport.Cut(exporter.Info.Count, exporter.Info.Shape.ByteLength, FileBytes);
        var files = new List<StoredFile>();
        for (var shard = 0; shard < shards.Count; shard++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"train-{shard:D5}-of-{shards.Count:D5}.parquet");
            var count = shards[shard];
            files.Add(await exporter.WriteAsync(name, (stream, token) => WriteAsync(exporter, stream, count, token), cancellationToken));
        }

        return files;
    }

    private static async Task WriteAsync(SetExporter exporter, Stream stream, int count, CancellationToken cancellationToken)
    {
        await using var writer = await ParquetImageWriter.CreateAsync(stream, exporter.Info, cancellationToken);
        await foreach (var (batch, png) in exporter.ReadPngAsync(count, ParquetImageWriter.Packing, cancellationToken))
            await writer.WriteAsync(batch.Images, batch.Provenance, png, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }
}
