using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Pipeline.Export;

/// <summary>
/// One folder a class with a PNG file for each sample, <c>metadata.jsonl</c> in the form of Hugging Face's ImageFolder, <c>classes.txt</c>
/// with the names in label order (loaders that go by the alphabet number them otherwise), and <c>checksums.sha256</c> over all images.
/// </summary>
internal static class FolderExport
{
    private const int FilesAtOnce = 8;
    private const string Metadata = "metadata.jsonl";

    /// <summary>What lies beside the folders of the classes.</summary>
    public static IReadOnlyList<string> FilesBeside { get; } = [Metadata, ClassNames.FileName, ChecksumList.FileName];

    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(SetExporter exporter, CancellationToken cancellationToken)
    {
        var folders = ClassFolderNames.Of(exporter.Info.Classes);
        var checksums = new ChecksumList();
        var metadata = await exporter.WriteAsync(Metadata, WriteImagesAsync, cancellationToken);
        var classes = await exporter.WriteAsync(ClassNames.FileName, (stream, token) => WriteTextAsync(stream, ClassNames.Lines(folders), token), cancellationToken);
        var sums = await exporter.WriteAsync(ChecksumList.FileName, (stream, token) => WriteTextAsync(stream, checksums.ToString(), token), cancellationToken);
        return [metadata, classes, sums];

        async Task WriteImagesAsync(Stream notes, CancellationToken token)
        {
            await foreach (var ((images, provenance), png) in exporter.ReadPngAsync(exporter.Info.Count, PngPacking.Huffman, token))
            {
                var names = Enumerable.Range(0, images.Count).Select(i => $"{folders[images.Labels[i]]}/{SampleNames.Png(provenance[i].Index)}").ToArray();
                var files = new StoredFile[images.Count];
                await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = token }, async (i, inner) =>
                    files[i] = await exporter.WriteAsync(names[i], (stream, write) => stream.WriteAsync(png[i], write).AsTask(), inner));
                for (var i = 0; i < images.Count; i++)
                {
                    checksums.Add(names[i], files[i].Sha256);
                    await notes.WriteAsync(SampleNote.Encode(images, i, provenance[i], exporter.Info.Classes[images.Labels[i]], names[i]), token);
                    await notes.WriteAsync("\n"u8.ToArray(), token);
                }
            }
        }
    }

    private static Task WriteTextAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
}

/// <summary>Names of classes as names of folders, on every system and in blob storage.</summary>
internal static class ClassFolderNames
{
    /// <summary>Letters that are kept: their UTF-8 stays below the 255 bytes of a file name.</summary>
    private const int Longest = 80;

    /// <summary>
    /// Each name with everything but letters, digits, '-', '_' and inner '.' or ' ' made '_', and '.', too, in a name that no item can have. Where two become one (on systems that do not
    /// tell cases apart, too), one becomes empty or one is that of a file beside the folders, all get their label in front.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> classes)
    {
        var safe = classes.Select(Safe).ToArray();
        return safe.All(name => name.Length > 0) && safe.Concat(FolderExport.FilesBeside).Distinct(StringComparer.OrdinalIgnoreCase).Count() == safe.Length + FolderExport.FilesBeside.Count
            ? safe
            : [.. safe.Select((name, label) => $"{label}_{name}".TrimEnd('_', '.', ' '))];
    }

    private static string Safe(string name)
    {
        var safe = string.Concat(
            name.Take(Longest).Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' ? letter : '_')).Trim('.', ' ');
        return ItemName.IsValid(safe) ? safe : safe.Replace('.', '_'); // It ended as temporary files do.
    }
}
