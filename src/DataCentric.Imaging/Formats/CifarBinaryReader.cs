namespace DataCentric.Imaging.Formats;

/// <summary>
/// The binary version of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one label byte (CIFAR-100: a coarse and a fine one, the
/// fine one counts) and 3072 bytes, the 32x32 planes R, G, B. A file, or a folder of which all <c>data_batch_*.bin</c> are read in
/// ordinal order (CIFAR-100: <c>train.bin</c>); the test file is another data set and has to be named. Class names come from
/// <c>batches.meta.txt</c> (CIFAR-100: <c>fine_label_names.txt</c>) in the same folder, and their number is the number of classes.
/// </summary>
internal sealed class CifarBinaryReader : CifarReader
{
    private CifarBinaryReader(ImageSetInfo info, CifarFile[] files)
        : base(info, files)
    {
    }

    internal static FormatProbe Probe { get; } = new(
        "CIFAR binary: a .bin file of 3073-byte records (CIFAR-100: 3074), or a folder with data_batch_*.bin or train.bin",
        Files,
        Open);

    /// <summary>Opens a file or a folder.</summary>
    /// <param name="path">A file of records, or the folder that holds the training files.</param>
    /// <exception cref="InputException">A file is empty or no whole number of records; files contradict each other.</exception>
    public static CifarBinaryReader Open(string path)
    {
        CifarFile[] files = [.. DataFiles(path).Select(CifarFile.Describe)];
        if (files.Length == 0)
            throw new InputException($"{path}: holds no data_batch_*.bin and no train.bin.");
        var layout = files[0].Layout;
        if (files.FirstOrDefault(file => file.Layout != layout) is { } odd)
        {
            throw new InputException(
                $"{odd.Path}: has {odd.Layout.RecordLength}-byte records, but {files[0].Path} has {layout.RecordLength}.");
        }

        var namesFile = NamesFile(files[0]).FirstOrDefault();
        var names = namesFile is null ? ClassNames.Digits(layout.ClassCount) : ClassNames.Read(namesFile);
        return new(new(layout.Format, CountOf(files, path), CifarLayout.Shape, names, HasSoftLabels: false), files);
    }

    private static IReadOnlyList<string>? Files(string path)
    {
        var data = DataFiles(path);
        return data.Length > 0 && (Directory.Exists(path) || CifarFile.LooksLikeOne(path))
            ? [.. data, .. NamesFile(CifarFile.Describe(data[0]))]
            : null;
    }

    private static string[] DataFiles(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        var batches = Directory.GetFiles(path, "data_batch_*.bin");
        Array.Sort(batches, StringComparer.Ordinal);
        return batches.Length > 0 ? batches : ClassNames.Existing(Path.Combine(path, "train.bin"));
    }

    private static string[] NamesFile(CifarFile file) =>
        ClassNames.Existing(Path.Combine(Path.GetDirectoryName(file.Path) ?? "", file.Layout.NamesFile));
}
