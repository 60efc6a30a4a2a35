using DataCentric.Imaging.Formats;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>Writes the parts of test sets, each an npy pair, and the manifest.</summary>
/// <param name="store">Receives the files.</param>
internal sealed class TestSetWriter(IDataStore store)
{
    /// <summary>Writes all.</summary>
    /// <param name="parts">ori, adv, cor.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The files with their hashes.</returns>
    public async Task<IReadOnlyList<StoredFile>> WriteAsync(IReadOnlyList<TestPart> parts, int classCount, CancellationToken cancellationToken)
    {
        var files = new List<StoredFile>();
        for (var p = 0; p < parts.Count; p++)
        {
            var (name, images) = (TestSetFiles.Parts[p], parts[p].Images);
            using var labels = new MemoryStream();
            files.Add(await store.WriteHashedAsync(TestSetFiles.Data(name), WritePair, cancellationToken));
            files.Add(await store.WriteHashedAsync(TestSetFiles.Label(name), labels.ToArray(), cancellationToken));

            Task WritePair(Stream data, CancellationToken token)
            {
                labels.SetLength(0);
                var writer = new NpyPairWriter(data, labels, images.Count, images.Shape, classCount);
                writer.Write(images);
                writer.Complete();
                return Task.CompletedTask;
            }
        }

        files.Add(await store.WriteHashedAsync(TestSetFiles.Manifest, WriteManifest, cancellationToken));
        return files;

        async Task WriteManifest(Stream stream, CancellationToken token)
        {
            foreach (var entry in parts.SelectMany(part => part.Entries))
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, PipelineJson.Compact).Append((byte)'\n').ToArray(), token);
        }
    }
}
