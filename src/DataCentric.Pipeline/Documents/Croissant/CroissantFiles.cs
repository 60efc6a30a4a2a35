using System.Text.Json.Nodes;
using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Documents.Croissant;

/// <summary>The distribution: each recorded file with its hash, and the sets of files that records are read from.</summary>
internal static class CroissantFiles
{
    public const string ParquetSet = "parquet-files";
    public const string FolderSet = "folder-images";

    private const string Npy = "https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html";
    private const string Binary = "application/octet-stream";
    private const string Parquet = "application/x-parquet";
    private const string Png = "image/png";

    public static JsonArray Create(IReadOnlyList<StoredFile> files, FolderLayout folder)
    {
        var distribution = new JsonArray();
        foreach (var file in files)
            distribution.Add((JsonNode)FileOf(file));
        if (Has(files, SetFormats.Parquet))
            distribution.Add((JsonNode)SetOf(ParquetSet, "All samples as Parquet, the image as a PNG file in each row.", [Parquet], SetFormats.Prefix(SetFormats.Parquet) + "*.parquet"));
        if (Has(files, SetFormats.Folder))
            distribution.Add((JsonNode)FolderSetOf(folder));
        return distribution;
    }

    /// <summary>Whether files of a format are among these.</summary>
    public static bool Has(IReadOnlyList<StoredFile> files, string format) =>
        files.Any(file => file.Name.StartsWith(SetFormats.Prefix(format), StringComparison.Ordinal));

    private static JsonObject FileOf(StoredFile file) => new()
    {
        ["@type"] = "cr:FileObject",
        ["@id"] = file.Name,
        ["name"] = file.Name,
        ["description"] = Describe(file.Name),
        ["contentUrl"] = file.Name,
        ["contentSize"] = string.Create(CultureInfo.InvariantCulture, $"{file.Length} B"),
        ["encodingFormat"] = EncodingOf(file.Name),
        ["sha256"] = file.Sha256,
    };

    private static JsonObject FolderSetOf(FolderLayout folder)
    {
        ImageEncoding[] encodings = [.. new[] { folder.EncodingOf(isAttacked: false), folder.EncodingOf(isAttacked: true) }.DistinctBy(encoding => encoding.Kind)];
        var description = $"All samples as {string.Join(" and ", encodings.Select(encoding => encoding.Kind switch { ImageFileKind.Jpeg => "JPEG", ImageFileKind.WebP => "WebP", _ => "PNG" }))} files in a folder for each class; folder/checksums.sha256 holds their hashes.";
        var within = folder.Names == FileNames.Source ? "*/**" : "*/*"; // Sources may have folders in those of the classes.
        return SetOf(
            FolderSet,
            description,
            [.. encodings.Select(encoding => $"image/{encoding.Kind.ToString().ToLowerInvariant()}")],
            [.. encodings.Select(encoding => $"{SetFormats.Prefix(SetFormats.Folder)}{within}{encoding.Ending}")]);
    }

    private static JsonObject SetOf(string id, string description, string[] encodings, params string[] patterns) => new()
    {
        ["@type"] = "cr:FileSet",
        ["@id"] = id,
        ["name"] = id,
        ["description"] = description,
        ["encodingFormat"] = OneOrSeveral(encodings),
        ["includes"] = OneOrSeveral(patterns),
    };

    private static JsonNode OneOrSeveral(string[] texts) => texts is [var one] ? JsonValue.Create(one) : new JsonArray([.. texts.Select(text => (JsonNode)text)]);

    private static string Describe(string name) => name switch
    {
        ResultFiles.Data => "Pixels, uint8 (N, H, W, 3), in the order of the manifest.",
        ResultFiles.Label => "Labels, float32 (N, K): one-hot, or the class probabilities of the source.",
        ResultFiles.Classes => "Names of the classes in label order, one a line.",
        ResultFiles.Manifest => "Where each sample comes from and what was done to it, one JSON object a line.",
        ResultFiles.ContactSheet => "A few samples of each role and kind: clean, result, difference.",
        ResultFiles.Examples => "A few samples in small, uint8 (M, h, 3w, 3): clean, result and difference side by side.",
        ResultFiles.Score => "How networks did that were trained on the set.",
        ResultFiles.ScorePicture => "The same as a picture.",
        ResultFiles.License => "The licence file that lay with the source.",
        _ => $"Part of the set in the format {name.Split('/')[0]}.",
    };

    private static string EncodingOf(string name) => Path.GetExtension(name) switch
    {
        ".npy" => Npy,
        ".jsonl" => "application/jsonlines",
        ".json" => "application/json",
        ".png" => Png,
        ".parquet" => Parquet,
        ".tar" => "application/x-tar",
        ".txt" or ".sha256" or "" => "text/plain",
        _ => Binary,
    };
}
