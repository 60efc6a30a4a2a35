using System.Text.RegularExpressions;
using DataCentric.Imaging.Formats.Columns;
using Parquet.Schema;

namespace DataCentric.Imaging.Formats;

/// <summary>Which columns of a Parquet file hold a set of images.</summary>
/// <param name="Image">Encoded pictures.</param>
/// <param name="Label">Class indexes or names.</param>
/// <param name="Probabilities">Lists of class probabilities where labels are soft, else null.</param>
/// <param name="Source">Source records, in files of this program; else null.</param>
/// <param name="Path">Paths of the pictures, where a structure has them beside the bytes, else null.</param>
/// <param name="Classes">Names of the classes in label order where the file has them, else null.</param>
internal sealed partial record ParquetLayout(DataField Image, DataField Label, DataField? Probabilities, DataField? Source, DataField? Path, IReadOnlyList<string>? Classes)
{
    private const int MostShown = 30;

    private static readonly string[] PlainImages = ["image", "img", "picture", "bytes", "image_bytes", "jpg", "png"];

    /// <summary>Whether a file has a column of pictures.</summary>
    public static bool HasImages(ParquetTable table) => Images(table).Length > 0;

    /// <summary>Finds the columns.</summary>
    /// <param name="table">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="InputException">There is no column of pictures or of labels, or there are several.</exception>
    public static ParquetLayout Of(ParquetTable table, string path)
    {
        var features = new HuggingFaceInfo(table.Metadata, path);
        var image = Images(table) switch
        {
            [var one] => one,
            [] => throw new InputException($"{path}: has no column of pictures; expected an \"image\" of bytes and path as the Hugging Face tools write it, or a binary column \"image\". It has {Shown(table.Fields)}."),
            var several => throw new InputException($"{path}: has several columns of pictures: {Shown(several)}; expected one. Write the set with the one that is meant."),
        };
        DataField[] labels = [.. table.Fields.Where(field => field.Path.Length == 1 && field.Path[0] != image.Path[0] && (LabelNames().IsMatch(field.Path[0]) || features.IsClassLabel(field.Path[0])))];
        var label = labels switch
        {
            [var one] => one,
            [] => throw NoLabel(table, path),
            _ => labels.FirstOrDefault(field => field.Path[0].Equals("label", StringComparison.OrdinalIgnoreCase))
                ?? throw new InputException($"{path}: has several columns of labels: {Shown(labels)}; expected one, or one that is named \"label\". Write the set with that name for the one that is meant."),
        };
        if (!WholeNumbers.Are(label) && !IsText(label))
            throw new InputException($"{path}: column {label.Path} holds {label.ClrType.Name}; expected whole numbers or names of classes.");
        var provenance = table.Fields.Where(field => field.Path.Length == 1).ToDictionary(field => field.Path[0], StringComparer.Ordinal);
        return new(
            image,
            label,
            table.Fields.FirstOrDefault(field => field.Path[0] == "probabilities" && field.MaxRepetitionLevel == 1 && (field.ClrType == typeof(float) || field.ClrType == typeof(double))),
            provenance.ContainsKey("role") && provenance.ContainsKey("sha256") && provenance.TryGetValue("source", out var source) && IsText(source) ? source : null,
            table.Fields.FirstOrDefault(field => image.Path.Length == 2 && field.Path.Length == 2 && field.Path[0] == image.Path[0] && field.Path[1] == "path" && IsText(field)),
            WholeNumbers.Are(label) ? features.ClassesOf(label.Path[0]) : null);
    }

    /// <summary>Whether a column holds texts.</summary>
    public static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string);

    private static InputException NoLabel(ParquetTable table, string path)
    {
        var lists = table.Fields.FirstOrDefault(field => field.Path.Length > 1 && LabelNames().IsMatch(field.Path[0]));
        return new(lists is not null
            ? $"{path}: column {lists.Path[0]} holds lists or structures, as where an image has several classes; expected one class an image."
            : $"{path}: has no column of labels; expected \"label\" with whole numbers or names of classes. It has {Shown(table.Fields)}.");
    }

    /// <summary>Structures of bytes and path; where there are none, binary columns of usual names.</summary>
    private static DataField[] Images(ParquetTable table)
    {
        DataField[] binary = [.. table.Fields.Where(field => field.MaxRepetitionLevel == 0 && (field.ClrType == typeof(ReadOnlyMemory<byte>) || field.ClrType == typeof(byte[])))];
        var paths = table.Fields.Where(field => field.Path.Length == 2 && field.Path[1] == "path").Select(field => field.Path[0]).ToHashSet(StringComparer.Ordinal);
        DataField[] structures = [.. binary.Where(field => field.Path.Length == 2 && field.Path[1] == "bytes" && paths.Contains(field.Path[0]))];
        return structures.Length > 0 ? structures : [.. binary.Where(field => field.Path.Length == 1 && PlainImages.Contains(field.Path[0], StringComparer.OrdinalIgnoreCase))];
    }

    private static string Shown(IReadOnlyList<DataField> fields) =>
        string.Join(", ", fields.Take(MostShown).Select(field => field.Path.ToString())) + (fields.Count > MostShown ? " ..." : "");

    [GeneratedRegex("^(labels?|class|classes|cls|target|category|y|.+_label)$", RegexOptions.IgnoreCase)]
    private static partial Regex LabelNames();
}
