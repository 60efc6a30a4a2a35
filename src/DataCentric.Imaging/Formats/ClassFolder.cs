namespace DataCentric.Imaging.Formats;

/// <summary>The images of one class.</summary>
/// <param name="Path">Where the folder is.</param>
/// <param name="Name">Name of the folder and of the class.</param>
/// <param name="Label">Class index.</param>
/// <param name="Files">Names of the images in ordinal order, at least one.</param>
internal sealed record ClassFolder(string Path, string Name, int Label, IReadOnlyList<string> Files)
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>The class folders in label order: that of classes.txt where it lies beside them, else ordinal order. Null where a path is not a folder or no folder in it holds an image.</summary>
    /// <exception cref="InputException">Some image would be left out silently, or a class is empty.</exception>
    public static IReadOnlyList<ClassFolder>? Find(string path)
    {
        if (!Directory.Exists(path))
            return null;
        ClassFolder[] folders = [.. Subfolders(path).Select((folder, label) => new ClassFolder(folder, NameOf(folder), label, Images(folder)))];
        if (folders.All(folder => folder.Files.Count == 0))
            return null;
        if (Images(path) is [var stray, ..])
        {
            throw new InputException(
                $"{System.IO.Path.Combine(path, stray)}: lies outside the class folders; expected every image in one.");
        }

        foreach (var folder in folders)
        {
            if (Subfolders(folder.Path) is [var nested, ..])
                throw new InputException($"{nested}: is a folder within a class folder; expected images only.");
            if (folder.Files.Count == 0)
            {
                throw new InputException(
                    $"{folder.Path}: the class has no images; expected {string.Join(", ", Extensions)} files.");
            }
        }

        return ClassNames.FileIn(path) is [var file] ? InOrderOf(file, folders) : folders;
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    private static ClassFolder[] InOrderOf(string file, ClassFolder[] folders)
    {
        var labels = ClassNames.Read(file).Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label);
        if (folders.FirstOrDefault(folder => !labels.ContainsKey(folder.Name)) is { } unknown)
            throw new InputException($"{unknown.Path}: the class is not named in {file}.");
        return [.. folders.Select(folder => folder with { Label = labels[folder.Name] }).OrderBy(folder => folder.Label)];
    }

    private static string NameOf(string path) => System.IO.Path.GetFileName(path);

    private static string[] Subfolders(string folder) =>
        [.. Directory.GetDirectories(folder).Where(SystemFiles.IsOwn).Order(StringComparer.Ordinal)];

    private static string[] Images(string folder) =>
    [
        .. Directory.GetFiles(folder)
            .Where(file => SystemFiles.IsOwn(file) && Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(NameOf)
            .Order(StringComparer.Ordinal),
    ];
}
