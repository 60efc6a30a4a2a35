using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Pipeline.Export;

/// <summary>Where the images of a set lie in the format folder. No two have one path, on systems that do not tell cases apart, too.</summary>
/// <param name="folders">Folders of the classes, in label order.</param>
/// <param name="pathOf">Path of a sample's picture in the source, below its class; null where images are called by their numbers.</param>
internal sealed class FolderFileNames(IReadOnlyList<string> folders, Func<(string Source, int Label), string>? pathOf)
{
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path of the next image below the format's folder.</summary>
    /// <param name="sample">The image.</param>
    /// <param name="label">Class index.</param>
    /// <param name="ending">How the name ends.</param>
    public string Next(SampleProvenance sample, int label, string ending)
    {
        var number = SampleNames.Key(sample.Index);
        if (pathOf is null)
            return $"{folders[label]}/{number}{ending}";
        string[] segments = pathOf((sample.Source, label)).Split('/', StringSplitOptions.RemoveEmptyEntries);
        segments = segments is [] ? [number] : [.. segments[..^1].Select(SegmentName.Of), SegmentName.Of(Path.GetFileNameWithoutExtension(segments[^1]))];
        var stem = string.Join('/', [folders[label], .. segments]);
        var isFree = ItemName.IsValid(stem + ending) && !Above(stem).Any(_files.Contains) && !_folders.Contains(stem + ending);
        var path = (isFree ? stem : $"{folders[label]}/{number}") + ending;
        while (!_files.Add(path))
            path = $"{path[..^ending.Length]}-{number}{ending}";
        _folders.UnionWith(Above(path));
        return path;
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..end];
    }
}
