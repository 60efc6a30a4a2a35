using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>Pictures in folders of any names whose labels lie in a table, as in Kaggle's and Hugging Face's sets.</summary>
internal static class TableListing
{
    /// <summary>Lists the pictures of a part in the order of their paths. Whole numbers are class indexes; other labels become classes in ordinal order, or that of classes.txt.</summary>
    /// <param name="path">The data set.</param>
    /// <param name="part">The part that is read.</param>
    /// <param name="table">The labels.</param>
    /// <exception cref="InputException">A picture has no label or several, or there are no pictures.</exception>
    public static PictureListing Of(string path, SetPart part, LabelTable table)
    {
        var root = part.Path == path ? PartWithPictures(path) : part.Path;
        string[] pictures = [.. Pictures(root)];
        if (pictures.Length == 0)
            throw new InputException($"{root}: holds no pictures; expected {PictureFiles.Expected} files, whose labels are in {table.Path}.");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, label, line) in table.Rows())
        {
            var name = id.Replace('\\', '/');
            if (!labels.TryAdd(name, label) && labels[name] != label)
                throw new InputException($"{table.Path}, line {line}: '{id}' is '{label}' here and '{labels[name]}' above.");
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        var found = pictures.Select(picture => (Picture: picture, Label: Find(picture))).ToArray();
        string[] bare = [.. found.Where(pair => pair.Label is null).Select(pair => pair.Picture)];
        if (bare.Length > 0)
            throw new InputException($"{Path.Combine(root, bare[0])}: {table.Path} has no row of it{(bare.Length > 1 ? $", nor of {bare.Length - 1} other pictures" : "")}; move away what is not of the set, or choose a part by --part.");
        var (classes, indexes) = Classes(path, root, table, [.. found.Select(pair => pair.Label!)]);
        string[] remarks = labels.Count == used.Count ? [] : [$"{labels.Count - used.Count} of {labels.Count} rows of {table.Path} name no picture below {root}."];
        return new(
            [.. found.Select((pair, n) => new ListedPicture(pair.Picture, Path.Combine(root, pair.Picture), indexes[n]))],
            classes,
            [table.Path, .. ClassNames.FileIn(root)],
            [.. part.Remarks, .. remarks]);

        // By its path below the part, below the set, or by its name; each with and without the ending.
        string? Find(string picture)
        {
            var name = Path.GetFileName(picture);
            var below = Path.GetRelativePath(path, Path.Combine(root, picture)).Replace('\\', '/');
            foreach (var key in new[] { picture, below, name }.SelectMany(key => new[] { key, key[..^Path.GetExtension(key).Length] }))
            {
                if (labels.TryGetValue(key, out var label))
                {
                    used.Add(key);
                    return label;
                }
            }

            return null;
        }
    }

    /// <summary>Folders named after parts may hold pictures themselves here: train/1.png.</summary>
    private static string PartWithPictures(string path)
    {
        var folders = FolderContent.Of(path) is { Pictures.Count: 0 } content ? content.Folders.Select(content.PathOf).Where(folder => FolderContent.Of(folder).Pictures.Count > 0).ToArray() : [];
        return folders.FirstOrDefault(folder => Path.GetFileName(folder).Equals("train", StringComparison.OrdinalIgnoreCase)) ?? path;
    }

    private static IEnumerable<string> Pictures(string root)
    {
        var content = FolderContent.Of(root);
        string[] unread = [.. content.Others.Select(content.PathOf).Where(PictureFiles.IsOther)];
        if (unread.Length > 0)
            throw new InputException(PictureFiles.Refusal(unread));
        return content.Pictures.Concat(content.Folders.SelectMany(folder => Pictures(content.PathOf(folder)).Select(picture => $"{folder}/{picture}")));
    }

    private static (IReadOnlyList<string> Classes, int[] Indexes) Classes(string path, string root, LabelTable table, string[] labels)
    {
        string[] file = [.. ClassNames.FileIn(root).Concat(ClassNames.FileIn(path)).Take(1)];
        if (labels.All(label => int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < ClassNames.Limit))
        {
            int[] indexes = [.. labels.Select(label => int.Parse(label, CultureInfo.InvariantCulture))];
            return (ClassNames.Of(file.FirstOrDefault(), indexes.Max() + 1, table.Path), indexes);
        }

        IReadOnlyList<string> classes = file is [var names] ? ClassNames.Read(names) : [.. labels.Distinct().Order(StringComparer.Ordinal)];
        var numbers = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        return (classes, [.. labels.Select(label => numbers.TryGetValue(label, out var index) ? index : throw new InputException($"{table.Path}: the class '{label}' is not named in {file[0]}."))]);
    }
}
