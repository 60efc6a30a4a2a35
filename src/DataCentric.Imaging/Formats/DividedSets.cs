using System.Text.RegularExpressions;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Tells folders that are parts of a set (train and test, shards, all images in one) from classes: their pictures' labels lie in a table or
/// in files beside the pictures, as in Kaggle's and Hugging Face's sets and in unpacked WebDatasets. Taken for classes, every label would be wrong.
/// </summary>
internal static partial class DividedSets
{
    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        "train", "training", "trainset", "test", "testing", "testset", "val", "valid", "validation", "dev", "eval", "evaluation", "holdout", "extra",
        "unlabeled", "unlabelled", "image", "images", "img", "imgs", "jpegimages", "picture", "pictures", "photo", "photos", "data", "dataset", "samples",
        "shard", "part", "chunk", "batch", "fold", "split", "set", "subset",
    };

    /// <summary>Refuses folders that are parts and not classes.</summary>
    /// <param name="root">The folder that holds them.</param>
    /// <param name="folders">Those with pictures, at least one.</param>
    /// <exception cref="InputException">They are; the message says how to go on.</exception>
    public static void Refuse(FolderContent root, IReadOnlyList<FolderContent> folders)
    {
        var within = folders.SelectMany(folder => folder.Others.Where(IsTable).Select(folder.PathOf)).FirstOrDefault();
        if (within is null && !folders.All(folder => IsPart(Path.GetFileName(folder.Path))))
            return;
        var table = within ?? (TableBeside(root) is { } beside ? root.PathOf(beside) : null);
        var names = string.Join(", ", folders.Take(5).Select(folder => Path.GetFileName(folder.Path)).Concat(folders.Count > 5 ? ["..."] : []));
        var reason = within is null ? $"its folders are named after parts of a set and not after classes ({names})" : "its folders seem not to be the classes";
        throw new InputException(
            $"{root.Path}: {reason}{(table is null ? "" : $"; the labels seem to lie in {table}")}. Expected one folder a class, or a table that names file and label "
            + $"of every picture: --label-table {(table is null ? "FILE" : Path.GetRelativePath(root.Path, table))}:ID,LABEL. Where these are the classes, name them in a {ClassNames.FileName} beside them.");
    }

    /// <summary>A table beside the folders that may hold labels, or null.</summary>
    public static string? TableBeside(FolderContent root) => root.Others.FirstOrDefault(file => IsTable(file) || IsSheet(file));

    /// <summary>Whether all words of a name are those of a part: test, images_001, train2017, but not 0 or fold mountains.</summary>
    public static bool IsPart(string name) => Words().Matches(name) is { Count: > 0 } words && words.All(word => Parts.Contains(word.Value));

    /// <summary>Whether a file's name says that it holds labels.</summary>
    private static bool IsTable(string file) => Tables().IsMatch(file);

    private static bool IsSheet(string file) => Sheets().IsMatch(file);

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^metadata\.(csv|jsonl|parquet)$|\.cls$|(annotation|label).*\.(csv|tsv|txt|json|jsonl|xlsx?|parquet)$", RegexOptions.IgnoreCase)]
    private static partial Regex Tables();

    [GeneratedRegex(@"\.(csv|tsv|jsonl|xlsx?|parquet)$", RegexOptions.IgnoreCase)]
    private static partial Regex Sheets();
}
