using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Export;

/// <summary>
/// One folder a class with a file for each sample, <c>metadata.jsonl</c> in the form of Hugging Face's ImageFolder, <c>classes.txt</c>
/// with the names in label order (loaders that go by the alphabet number them otherwise), and <c>checksums.sha256</c> over all images.
/// </summary>
internal static class FolderExport
{
    private const int FilesAtOnce = 8;
    private const string Metadata = "metadata.jsonl";
    private static readonly string Attacked = OptionText.Write(SampleRole.Adversarial);

    /// <summary>What lies beside the folders of the classes.</summary>
    public static IReadOnlyList<string> FilesBeside { get; } = [Metadata, ClassNames.FileName, ChecksumList.FileName];

    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(SetExporter exporter, CancellationToken cancellationToken)
    {
        var keepsNames = exporter.Layout.Names == FileNames.Source;
        var folders = ClassFolderNames.Of(exporter.Info.Classes, keepsNames ? SegmentName.Of : ClassFolderNames.Plain);
        var names = new FolderFileNames(folders, keepsNames ? PathOf : null);
        var checksums = new ChecksumList();
        var metadata = await exporter.WriteAsync(Metadata, WriteImagesAsync, cancellationToken);
        var classes = await exporter.WriteAsync(ClassNames.FileName, (stream, token) => WriteTextAsync(stream, ClassNames.Lines(folders), token), cancellationToken);
        var sums = await exporter.WriteAsync(ChecksumList.FileName, (stream, token) => WriteTextAsync(stream, checksums.ToString(), token), cancellationToken);
        return [metadata, classes, sums];

        async Task WriteImagesAsync(Stream notes, CancellationToken token)
        {
            await foreach (var ((images, provenance), pictures) in exporter.ReadEncodedAsync(exporter.Info.Count, Encode, token))
            {
                if (keepsNames && provenance[0].Index == 0 && Enumerable.Range(0, images.Count).All(i => PathOf((provenance[i].Source, images.Labels[i])).Length == 0))
                    throw new InputException(exporter.Layout.Obstacle(exporter.InputFormat, $"Its records, such as {provenance[0].Source}, have none.")!);
                var paths = Enumerable.Range(0, images.Count).Select(i => names.Next(provenance[i], images.Labels[i], pictures[i].Encoding.Ending)).ToArray();
                var files = new StoredFile[images.Count];
                await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = token }, async (i, inner) =>
                    files[i] = await exporter.WriteAsync(paths[i], (stream, write) => stream.WriteAsync(pictures[i].Bytes, write).AsTask(), inner));
                for (var i = 0; i < images.Count; i++)
                {
                    checksums.Add(paths[i], files[i].Sha256);
                    var note = SampleNote.Encode(images, i, provenance[i], exporter.Info.Classes[images.Labels[i]], paths[i], exporter.Layout.ImageFormat is null ? null : pictures[i].Encoding);
                    await notes.WriteAsync(note, token);
                    await notes.WriteAsync("\n"u8.ToArray(), token);
                }
            }
        }

        string PathOf((string Source, int Label) sample) => FolderLayout.PathOf(sample.Source, exporter.InputFormat, exporter.Info.Classes[sample.Label]);

        EncodedImage[] Encode(EnhancedBatch batch) => EncodedBatch.Encode(batch.Images, i => exporter.Layout.EncodingOf(batch.Provenance[i].Role == Attacked));
    }

    private static Task WriteTextAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
}
