namespace DataCentric.Pipeline.Export;

/// <summary>Names of classes as names of folders, on every system and in blob storage.</summary>
internal static class ClassFolderNames
{
    /// <summary>Letters that are kept: their UTF-8 stays below the 255 bytes of a file name.</summary>
    private const int Longest = 80;

    /// <summary>
    /// Each name with everything but letters, digits, '-', '_' and inner '.' or ' ' made '_'. Where two become one (on systems that do not
    /// tell cases apart, too) or one becomes empty, all get their label in front.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> classes)
    {
        var safe = classes.Select(Safe).ToArray();
        return safe.All(name => name.Length > 0) && safe.Distinct(StringComparer.OrdinalIgnoreCase).Count() == safe.Length
            ? safe
            : [.. safe.Select((name, label) => $"{label}_{name}".TrimEnd('_'))];
    }

    private static string Safe(string name) => string.Concat(
        name.Take(Longest).Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' ? letter : '_')).Trim('.', ' ');
}
