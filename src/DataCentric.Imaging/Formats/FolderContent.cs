namespace DataCentric.Imaging.Formats;

/// <summary>What lies in a folder, by name in ordinal order and without what systems leave behind.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Folders">Names of the folders in it.</param>
/// <param name="Pictures">Names of the pictures that are read.</param>
/// <param name="Others">Names of other files, papers such as README left out.</param>
internal sealed record FolderContent(string Path, IReadOnlyList<string> Folders, IReadOnlyList<string> Pictures, IReadOnlyList<string> Others)
{
    /// <summary>Lists a folder.</summary>
    /// <exception cref="InputException">A link leads to nothing, as where a disk is not mounted: a class would vanish with it.</exception>
    public static FolderContent Of(string path)
    {
        string[] folders = [.. Directory.GetDirectories(path).Where(SystemFiles.IsOwn).Select(NameOf).Order(StringComparer.Ordinal)];
        string[] files = [.. Directory.GetFiles(path).Where(SystemFiles.IsOwn).Select(NameOf).Order(StringComparer.Ordinal)];
        string[] others = [.. files.Where(file => !PictureFiles.IsRead(file))];
        foreach (var file in others)
            _ = ExactReading.Length(System.IO.Path.Combine(path, file)); // refuses a link that leads to nothing
        return new(path, folders, [.. files.Where(PictureFiles.IsRead)], [.. others.Where(file => !SystemFiles.IsPaper(file))]);
    }

    /// <summary>Where something in the folder is.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private static string NameOf(string path) => System.IO.Path.GetFileName(path);
}
