using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>Names of classes: a text file with one name a line where there is one, digits otherwise.</summary>
public static class ClassNames
{
    /// <summary>The file that may lie beside a data set whose format has no place for names.</summary>
    public const string FileName = "classes.txt";

    /// <summary>More classes than this are taken for a mistake.</summary>
    public const int Limit = 65_536;

    private const int LongestFile = 4 << 20;

    /// <summary>The text of a file with these names, which must be able to stand on a line.</summary>
    /// <param name="names">Names in label order.</param>
    public static string Lines(IReadOnlyList<string> names) => string.Concat(names.Select(name => name + "\n"));

    /// <summary>The text of a file that is read as these names again, or null where one of them cannot stand on a line of its own.</summary>
    /// <param name="names">Names in label order.</param>
    public static string? TryLines(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var canStand = names.All(name => name.Length > 0 && name == name.Trim() && !name.Contains('\n', StringComparison.Ordinal));
        return canStand && names.Distinct(StringComparer.Ordinal).Count() == names.Count ? Lines(names) : null;
    }

    /// <summary>The file <c>classes.txt</c> in a folder, or nothing.</summary>
    internal static string[] FileIn(string folder) => Existing(Path.Combine(folder, FileName));

    /// <summary>The path as a list, empty when there is no such file.</summary>
    internal static string[] Existing(string path) => File.Exists(path) ? [path] : [];

    /// <summary>Names of at least the classes that occur.</summary>
    /// <param name="file">The file with the names, or null.</param>
    /// <param name="occurring">1 + the largest label.</param>
    /// <param name="labels">Where the labels come from, for messages.</param>
    internal static IReadOnlyList<string> Of(string? file, int occurring, string labels)
    {
        if (file is null)
            return Digits(occurring);
        var names = Read(file);
        return names.Count >= occurring
            ? names
            : throw new InputException(
                $"{labels}: label {occurring - 1} has no name; {file} names classes 0 to {names.Count - 1}.");
    }

    /// <summary>"0", "1", ... for classes without names.</summary>
    internal static IReadOnlyList<string> Digits(int count) =>
        [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Reads one name a line; blank lines at the end are left out.</summary>
    internal static IReadOnlyList<string> Read(string file)
    {
        if (ExactReading.Length(file) > LongestFile)
            throw new InputException($"{file}: is longer than {LongestFile} bytes; expected one class name a line.");
        var names = ReadText(file).TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var line = 0; line < names.Length; line++)
        {
            if (names[line].Length == 0)
                throw new InputException($"{file}, line {line + 1}: is blank; expected a class name.");
            if (!seen.TryAdd(names[line], line))
            {
                throw new InputException(
                    $"{file}, line {line + 1}: '{names[line]}' is also on line {seen[names[line]] + 1}; names must differ.");
            }
        }

        return names;
    }

    private static string ReadText(string file)
    {
        using var reader = new StreamReader(ExactReading.Open(file));
        return reader.ReadToEnd();
    }
}
