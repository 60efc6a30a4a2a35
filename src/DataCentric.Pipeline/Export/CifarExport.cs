using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Export;

/// <summary>CIFAR binary: files of 10,000 records as in the original, and the class names.</summary>
internal static class CifarExport
{
    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(SetExporter exporter, CancellationToken cancellationToken)
    {
        var (files, classes) = (new List<StoredFile>(), exporter.Info.Classes);
        foreach (var (name, count) in CifarBinaryWriter.Files(exporter.Info.Count, classes.Count))
        {
            files.Add(await exporter.WriteAsync(
                name, count == 0 ? WriteNamesAsync : (stream, token) => WriteRecordsAsync(stream, count, token), cancellationToken));
        }

        return files;

        async Task WriteRecordsAsync(Stream stream, int count, CancellationToken token)
        {
            await foreach (var batch in exporter.ReadAsync(count, token))
                await stream.WriteAsync(CifarBinaryWriter.Encode(batch.Images, classes.Count), token);
        }

        async Task WriteNamesAsync(Stream stream, CancellationToken token) =>
            await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(classes.Select(name => name + "\n"))), token);
    }
}
