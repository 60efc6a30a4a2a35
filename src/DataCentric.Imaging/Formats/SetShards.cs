using System.Text.RegularExpressions;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The files of a set that lies in several of one kind, as the Hugging Face hub and WebDatasets name them: <c>train-00000-of-00002.parquet</c>, in the
/// folder itself, in <c>data</c>, or in a folder a part or a configuration.
/// </summary>
/// <param name="Files">The files of one part in ordinal order, at least one.</param>
/// <param name="Remarks">Which part it is and which others there are; none where the set is not divided.</param>
internal sealed partial record SetShards(IReadOnlyList<string> Files, IReadOnlyList<string> Remarks)
{
    private const int MostDepth = 3;

    /// <summary>Folder that holds the files.</summary>
    public string Folder => Path.GetDirectoryName(Files[0]) ?? "";

    /// <summary>Finds the files.</summary>
    /// <param name="path">A file of the kind, or a folder.</param>
    /// <param name="ending">How their names end.</param>
    /// <param name="isOne">Whether a file is of the kind by its content.</param>
    /// <param name="wanted">Name of the part; null: the training part.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="InputException">There is no such part, or there are several configurations.</exception>
    public static SetShards? Find(string path, string ending, Func<string, bool> isOne, string? wanted)
    {
        if (File.Exists(path))
            return isOne(path) ? OfFile(path, wanted) : null;
        if (!Directory.Exists(path))
            return null;
        var files = FilesIn(path, ending);
        if (files.Length > 0)
            return isOne(files[0]) ? OfParts(path, [.. Stems(files)], wanted) : null;
        string[] folders = [.. FoldersIn(path).Where(folder => Holds(folder, ending, MostDepth - 1))];
        if (folders.Length == 0)
            return null;
        if (folders.Length == 1 && SetPart.Usual(Path.GetFileName(folders[0])) is null)
            return Find(folders[0], ending, isOne, wanted);
        if (!folders.All(folder => SetPart.Usual(Path.GetFileName(folder)) is not null))
            return isOne(FilesBelow(folders[0], ending)[0]) ? throw Several(path, folders) : null;
        (string, string[])[] parts = [.. folders.Select(folder => (Path.GetFileName(folder), FilesIn(folder, ending))).Where(part => part.Item2.Length > 0)];
        return parts.Length > 0 && isOne(parts[0].Item2[0]) ? OfParts(path, parts, wanted) : null;
    }

    private static SetShards OfFile(string path, string? wanted)
    {
        var (stem, part) = PartOf(path);
        if (wanted is not null && !Is(stem, part, wanted))
            throw new InputException($"{path}: is one file and not named after the part '{wanted}'; name the file or folder of that part, and leave out --part.");
        return new([path], Shard().Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } number && int.TryParse(number.Groups[1].Value, out var all) && all > 1
            ? [$"{path} is by its name one of {all} files of a set; to read all, name their folder."]
            : []);
    }

    private static SetShards OfParts(string path, (string Name, string[] Files)[] parts, string? wanted)
    {
        var named = parts.Select(part => (part.Name, part.Files, Part: SetPart.Usual(part.Name) ?? LastPart(part.Name))).ToArray();
        var names = string.Join(", ", named.Select(part => part.Name));
        if (named.All(part => part.Part is null) && wanted is null)
            return new([.. named.SelectMany(part => part.Files).Order(StringComparer.Ordinal)], []);
        var chosen = named.Where(part => part.Name.Equals(wanted ?? "train", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (chosen.Length == 0)
            chosen = [.. named.Where(part => Is(part.Name, part.Part, wanted ?? "train"))];
        if (chosen.Length == 0 && wanted is null && named.Length == 1)
            chosen = named;
        if (chosen.Length == 0)
        {
            throw new InputException(wanted is null
                ? $"{path}: is divided into {names}; choose one by --part."
                : $"{path}: has no part '{wanted}'; {(names.Length > 0 ? $"it has {names}" : "it is not divided into parts, so leave out --part")}.");
        }

        string[] others = [.. named.Select(part => part.Name).Except(chosen.Select(part => part.Name))];
        return new(
            [.. chosen.SelectMany(part => part.Files).Order(StringComparer.Ordinal)],
            others.Length == 0 ? [] : [$"{path} is divided: {string.Join(", ", chosen.Select(part => part.Name))} was read, and not {string.Join(", ", others)}; --part chooses another."]);
    }

    private static InputException Several(string path, string[] folders) =>
        new($"{path}: holds several configurations of a set: {string.Join(", ", folders.Select(Path.GetFileName))}; name one of them, such as {folders[0]}.");

    private static IEnumerable<(string, string[])> Stems(string[] files) => files.GroupBy(file => PartOf(file).Stem, StringComparer.Ordinal).Select(group => (group.Key, group.ToArray()));

    private static bool Is(string stem, string? part, string wanted) =>
        stem.Equals(wanted, StringComparison.OrdinalIgnoreCase) || (part is not null && part == (SetPart.Usual(wanted) ?? wanted));

    /// <summary>The name without its number, and the part that it stands for: imagenet-train-000017 is train.</summary>
    private static (string Stem, string? Part) PartOf(string file)
    {
        var stem = Number().Replace(Path.GetFileNameWithoutExtension(file), "");
        return (stem, LastPart(stem));
    }

    private static string? LastPart(string stem) => Words().Matches(stem).Select(word => SetPart.Usual(word.Value)).LastOrDefault(part => part is not null);

    private static bool Holds(string folder, string ending, int depth) =>
        FilesIn(folder, ending).Length > 0 || (depth > 0 && FoldersIn(folder).Any(below => Holds(below, ending, depth - 1)));

    private static string[] FilesBelow(string folder, string ending) =>
        FilesIn(folder, ending) is { Length: > 0 } files ? files : FoldersIn(folder).Where(below => Holds(below, ending, MostDepth)).Select(below => FilesBelow(below, ending)).First();

    private static string[] FilesIn(string folder, string ending) =>
        [.. Directory.GetFiles(folder).Where(file => SystemFiles.IsOwn(file) && file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static IOrderedEnumerable<string> FoldersIn(string folder) => Directory.GetDirectories(folder).Where(SystemFiles.IsOwn).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"([-_.]?\d+)?([-_]of[-_]\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"[-_]of[-_](\d+)$")]
    private static partial Regex Shard();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();
}
