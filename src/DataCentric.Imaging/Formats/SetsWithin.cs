namespace DataCentric.Imaging.Formats;

/// <summary>Says where the data lie when a folder that is none itself was named, as with splits in folders of their own.</summary>
internal static class SetsWithin
{
    private const int MostFolders = 100;

    /// <summary>A sentence for the user; null where no set and no pictures are found one or two folders below.</summary>
    /// <param name="path">A file or folder that is no data set.</param>
    /// <param name="isDataSet">Whether a folder is one; may throw where it is a broken one.</param>
    public static string? Hint(string path, Func<string, bool> isDataSet)
    {
        if (!Directory.Exists(path))
            return null;
        string[] folders = [.. FoldersOf(path).Take(MostFolders)];
        string[] sets = [.. folders.Where(folder => Holds(() => isDataSet(folder)))];
        if (sets.Length > 0)
            return $"{path}: is no data set itself, but holds {(sets.Length == 1 ? "one" : "some")}; name {string.Join(" or ", sets.Take(5))} instead.";
        var deep = folders.SelectMany(folder => FoldersOf(folder).Take(1)).FirstOrDefault(folder => Holds(() => FolderContent.Of(folder).Pictures.Count > 0));
        if (deep is not null)
            return $"{path}: its pictures lie one folder too deep, as in {deep}; expected them directly in the folder of their class.";
        string[] unread = [.. folders.SelectMany(Directory.GetFiles).Where(file => SystemFiles.IsOwn(file) && Holds(() => PictureFiles.IsOther(file))).Order(StringComparer.Ordinal)];
        return unread.Length > 0 ? PictureFiles.Refusal(unread) : null;
    }

    private static IOrderedEnumerable<string> FoldersOf(string path) => Directory.GetDirectories(path).Where(SystemFiles.IsOwn).Order(StringComparer.Ordinal);

    private static bool Holds(Func<bool> condition)
    {
        try
        {
            return condition();
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
