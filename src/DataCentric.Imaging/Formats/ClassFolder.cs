namespace DataCentric.Imaging.Formats;

/// <summary>The images of one class.</summary>
/// <param name="Path">Where the folder is.</param>
/// <param name="Name">Name of the folder and of the class.</param>
/// <param name="Label">Class index.</param>
/// <param name="Files">Names of the images in ordinal order, at least one.</param>
/// <param name="Others">Names of files that are no pictures.</param>
internal sealed record ClassFolder(string Path, string Name, int Label, IReadOnlyList<string> Files, IReadOnlyList<string> Others)
{
    /// <summary>The class folders in label order: that of classes.txt where it lies beside them, else ordinal order. Null where a path is not a folder or no folder in it holds a picture.</summary>
    /// <exception cref="InputException">Some picture would be left out silently, a class is empty, or the folders are parts of a set and not classes.</exception>
    public static IReadOnlyList<ClassFolder>? Find(string path)
    {
        if (!Directory.Exists(path))
            return null;
        var root = FolderContent.Of(path);
        FolderContent[] named = [.. root.Folders.Select(name => FolderContent.Of(root.PathOf(name)))];
        FolderContent[] folders = [.. named.Select(PicturesOf)];
        FolderContent[] filled = [.. named.Where((_, n) => folders[n].Pictures.Count > 0)];
        if (filled.Length == 0)
            return null;
        string[] unread = [.. folders.Prepend(root).SelectMany(folder => folder.Others.Select(folder.PathOf)).Where(PictureFiles.IsOther)];
        var names = ClassNames.FileIn(path).FirstOrDefault();
        if (names is null)
            DividedSets.Refuse(root, filled);
        if (root.Pictures is [var stray, ..])
            throw new InputException($"{root.PathOf(stray)}: lies outside the class folders; expected every image in one.");
        if (unread.Length > 0)
            throw new InputException(PictureFiles.Refusal(unread));
        Array.ForEach(folders, Check);
        ClassFolder[] classes = [.. folders.Select((folder, label) => new ClassFolder(folder.Path, root.Folders[label], label, folder.Pictures, folder.Others))];
        return names is null ? classes : InOrderOf(names, classes);
    }

    /// <summary>What a user has to be told of files that are not read; empty where there are none.</summary>
    /// <param name="path">The folder that holds the class folders.</param>
    /// <param name="folders">The class folders.</param>
    public static IReadOnlyList<string> RemarksOn(string path, IReadOnlyList<ClassFolder> folders)
    {
        var remarks = new List<string>();
        string[] others = [.. folders.SelectMany(folder => folder.Others.Select(folder.PathOf))];
        if (others.Length > 0)
            remarks.Add($"{others.Length} file{(others.Length == 1 ? " that is no picture was" : "s that are no pictures were")} left out, such as {others[0]}.");
        var root = FolderContent.Of(path);
        string[] bare = [.. root.Others.Where(file => System.IO.Path.GetExtension(file).Length == 0)];
        if (bare.Length > 0)
            remarks.Add($"{bare.Length} file{(bare.Length == 1 ? "" : "s")} beside the class folders {(bare.Length == 1 ? "was" : "were")} left out, such as {root.PathOf(bare[0])}; a link to a class that was copied as text looks like this.");
        if (ClassNames.FileIn(path).Length == 0 && DividedSets.TableBeside(root) is { } table)
            remarks.Add($"{System.IO.Path.Combine(path, table)} was not read: classes are the names of the folders beside it.");
        return remarks;
    }

    /// <summary>The folder with the pictures of a class: itself, or the only one in it where that is called images or the like (Tiny ImageNet).</summary>
    private static FolderContent PicturesOf(FolderContent folder)
    {
        if (folder.Pictures.Count > 0 || folder.Folders is not [var name] || !DividedSets.IsPart(name))
            return folder;
        var within = FolderContent.Of(folder.PathOf(name));
        return within.Folders.Count == 0 && within.Pictures.Count > 0 ? within : folder;
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    private static void Check(FolderContent folder)
    {
        if (folder.Folders is [var nested, ..])
            throw new InputException($"{folder.PathOf(nested)}: is a folder within a class folder; expected images only.");
        if (folder.Pictures.Count == 0)
            throw new InputException($"{folder.Path}: the class has no images; expected {PictureFiles.Expected} files.");
    }

    private static ClassFolder[] InOrderOf(string file, ClassFolder[] folders)
    {
        var labels = ClassNames.Read(file).Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label);
        if (folders.FirstOrDefault(folder => !labels.ContainsKey(folder.Name)) is { } unknown)
            throw new InputException($"{unknown.Path}: the class is not named in {file}.");
        return [.. folders.Select(folder => folder with { Label = labels[folder.Name] }).OrderBy(folder => folder.Label)];
    }
}
