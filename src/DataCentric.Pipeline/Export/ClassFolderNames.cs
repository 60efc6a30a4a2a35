namespace DataCentric.Pipeline.Export;

/// <summary>Names of classes as names of folders, on every system and in blob storage.</summary>
internal static class ClassFolderNames
{
    /// <summary>Letters that are kept: their UTF-8 stays below the 255 bytes of a file name.</summary>
    private const int Longest = 80;

    /// <summary>
    /// Each name as a folder can have it. Where two become one (on systems that do not tell cases apart, too), one becomes empty or one is that of
    /// a file beside the folders, all get their label in front.
    /// </summary>
    /// <param name="classes">Names in label order.</param>
    /// <param name="safe">Makes a name that a folder can have: <see cref="Plain"/> or <see cref="SegmentName.Of"/>.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> classes, Func<string, string> safe)
    {
        string[] names = [.. classes.Select(safe)];
        return names.All(name => name.Length > 0) && names.Concat(FolderExport.FilesBeside).Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length + FolderExport.FilesBeside.Count
            ? names
            : [.. names.Select((name, label) => $"{label}_{name}".TrimEnd('_', '.', ' '))];
    }

    /// <summary>A name with everything but letters, digits, '-', '_' and inner '.' or ' ' made '_', and '.', too, in a name that no item can have.</summary>
    /// <param name="name">Any name.</param>
    public static string Plain(string name)
    {
        var plain = string.Concat(
            name.Take(Longest).Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' ? letter : '_')).Trim('.', ' ');
        return ItemName.IsValid(plain) ? plain : plain.Replace('.', '_'); // It ended as temporary files do.
    }
}
