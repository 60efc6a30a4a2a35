using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>One file of a data set.</summary>
/// <param name="RelativePath">Path below the data set's folder, with '/' between names on every system.</param>
/// <param name="FullPath">Where to read it.</param>
/// <param name="Length">Bytes.</param>
public sealed record DatasetFile(string RelativePath, string FullPath, long Length);

/// <summary>Lists the files that make up a data set, so that the raw input can be hashed.</summary>
public static class DatasetFiles
{
    /// <summary>The files that <see cref="ImageSource.Open"/> reads at a path: images, labels and class names.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="options">Which part is read.</param>
    /// <returns>The files in a fixed order: the order of reading, then labels, then class names.</returns>
    /// <exception cref="InputException">As <see cref="ImageSource.Open"/>.</exception>
    public static IReadOnlyList<DatasetFile> Of(string path, ReadingOptions options = default) =>
        Described(path, ImageSource.IsArchive(path) ? [path] : ImageSource.Find(path, options).Files);

    /// <summary>Files by their place in the set and their length.</summary>
    internal static IReadOnlyList<DatasetFile> Described(string path, IReadOnlyList<string> files)
    {
        var full = Path.GetFullPath(path);
        var root = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        return [.. files.Select(file => Describe(root, Path.GetFullPath(file)))];
    }

    private static DatasetFile Describe(string root, string file) =>
        new(Path.GetRelativePath(root, file).Replace('\\', '/'), file, ExactReading.Length(file));
}
