using System.Text.RegularExpressions;

namespace DataCentric.Imaging.Formats;

/// <summary>The part of a divided folder that is read: set/train/CLASS, set/val/CLASS and so on, as image sets are usually laid out.</summary>
/// <param name="Path">The folder with the class folders.</param>
/// <param name="Remarks">Which part it is and which others there are; none where the set is not divided.</param>
internal sealed partial record SetPart(string Path, IReadOnlyList<string> Remarks)
{
    private const string Train = "train";

    /// <summary>Usual names of the parts.</summary>
    private static readonly (string Part, string[] Names)[] UsualNames =
    [
        (Train, ["train", "training", "trainset"]),
        ("val", ["val", "valid", "validation", "dev", "eval", "evaluation"]),
        ("test", ["test", "testing", "testset", "holdout"]),
    ];

    /// <summary>Finds the part.</summary>
    /// <param name="path">The set.</param>
    /// <param name="wanted">Name of the part; null: the training part.</param>
    /// <returns>The folder itself where it is not divided and none is wanted; null where it is no folder.</returns>
    /// <exception cref="InputException">There is no such part.</exception>
    public static SetPart? Of(string path, string? wanted)
    {
        if (!Directory.Exists(path))
            return null;
        var content = FolderContent.Of(path);
        (string Folder, string Part)[] parts = [.. content.Folders.Select(folder => (folder, Usual(folder))).Where(pair => pair.Item2 is not null).Select(pair => (pair.folder, pair.Item2!))];
        // Named after parts, and with folders below: not classes that are called "train".
        var isDivided = parts.Length > 0 && parts.Length == content.Folders.Count && ClassNames.FileIn(path).Length == 0
            && parts.Any(part => FolderContent.Of(content.PathOf(part.Folder)) is { Folders.Count: > 0 });
        if (!isDivided)
            return wanted is null ? new(path, []) : throw new InputException($"{path}: is not divided into parts such as train and test, so there is no part '{wanted}'; leave out --part.");
        var chosen = parts.FirstOrDefault(part => part.Folder.Equals(wanted ?? Train, StringComparison.OrdinalIgnoreCase)) is { Folder: not null } same
            ? same
            : parts.FirstOrDefault(part => part.Part.Equals(wanted ?? Train, StringComparison.OrdinalIgnoreCase));
        var names = string.Join(", ", parts.Select(part => part.Folder));
        if (chosen.Folder is null)
        {
            throw new InputException(wanted is null
                ? $"{path}: is divided into {names}; choose one by --part."
                : $"{path}: has no part '{wanted}'; it has {names}.");
        }

        var others = parts.Where(part => part.Folder != chosen.Folder).Select(part => part.Folder).ToArray();
        return new(
            System.IO.Path.Combine(path, chosen.Folder),
            others.Length == 0 ? [] : [$"{path} is divided: {chosen.Folder} was read, and not {string.Join(", ", others)}; --part chooses another."]);
    }

    /// <summary>The part that a folder's name stands for: train2017 is train; null where it is the name of none.</summary>
    public static string? Usual(string folder) => Letters().Match(folder) is { Success: true } name
        ? UsualNames.FirstOrDefault(usual => usual.Names.Contains(name.Groups[1].Value, StringComparer.OrdinalIgnoreCase)).Part
        : null;

    [GeneratedRegex(@"^(\p{L}+)[-_]?\d*$")]
    private static partial Regex Letters();
}
