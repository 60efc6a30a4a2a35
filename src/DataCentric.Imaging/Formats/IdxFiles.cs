namespace DataCentric.Imaging.Formats;

/// <summary>Finds the file of images and its file of labels by the usual names of the MNIST family.</summary>
internal static class IdxFiles
{
    private const string Images = "images";

    /// <summary>Images, labels and, where there is one, class names; null where the path holds no IDX images.</summary>
    public static IReadOnlyList<string>? Find(string path)
    {
        var images = Directory.Exists(path) ? InFolder(path) : IsImages(path) ? path : null;
        return images is null ? null : [images, LabelsOf(images), .. ClassNames.FileIn(Path.GetDirectoryName(images) ?? "")];
    }

    private static bool IsImages(string path) => IdxFile.Magic(path) switch
    {
        IdxFile.ImagesMagic => true,
        IdxFile.LabelsMagic => throw new InputException(
            $"{path}: holds IDX labels; name the file of images or the folder instead."),
        _ => false,
    };

    private static string? InFolder(string folder)
    {
        string[] found =
        [
            .. Directory.GetFiles(folder, $"*{Images}*")
                .Order(StringComparer.Ordinal)
                .Where(file => IdxFile.Magic(file) == IdxFile.ImagesMagic)
                .DistinctBy(WithoutGz), // the plain file sorts before its .gz
        ];
        if (found.Length < 2)
            return found.FirstOrDefault();
        string[] training = [.. found.Where(file => Path.GetFileName(file).StartsWith("train", StringComparison.OrdinalIgnoreCase))];
        return training is [var only]
            ? only
            : throw new InputException(
                $"{folder}: holds several files of IDX images; name one of {string.Join(", ", found.Select(Path.GetFileName))}.");
    }

    private static string LabelsOf(string images)
    {
        var name = WithoutGz(Path.GetFileName(images));
        if (!name.Contains(Images, StringComparison.Ordinal))
        {
            throw new InputException(
                $"{images}: its labels are looked for under its own name with 'labels' for 'images', but it has no 'images'.");
        }

        var wanted = name.Replace(Images, "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        var folder = Path.GetDirectoryName(images) ?? "";
        string[] candidates = [Path.Combine(folder, wanted), Path.Combine(folder, wanted + ".gz")];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"{images}: the labels are missing; expected {wanted} or {wanted}.gz in the same folder.");
    }

    private static string WithoutGz(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
