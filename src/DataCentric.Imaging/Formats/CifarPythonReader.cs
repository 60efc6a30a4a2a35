namespace DataCentric.Imaging.Formats;

/// <summary>
/// The python version of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): pickles, of which nothing is run (<see cref="Pickles.PickleMachine"/>).
/// A file, or a folder of which all <c>data_batch_*</c> are read in ordinal order (CIFAR-100: <c>train</c>); the test file is another
/// data set and has to be named. Class names come from <c>batches.meta</c> (CIFAR-100: <c>meta</c>) in the same folder.
/// </summary>
internal sealed class CifarPythonReader : CifarReader
{
    private CifarPythonReader(ImageSetInfo info, CifarPickle[] files)
        : base(info, files)
    {
    }

    internal static FormatProbe Probe { get; } = new(
        "CIFAR python: a pickle such as data_batch_1, or a folder with data_batch_* or train",
        Files,
        Open);

    /// <summary>Opens a file or a folder.</summary>
    /// <param name="path">A batch, or the folder that holds the training batches.</param>
    /// <exception cref="InputException">A file is not such a pickle, is broken or asks for code; files contradict each other.</exception>
    public static CifarPythonReader Open(string path)
    {
        CifarPickle[] files = [.. DataFiles(path).Select(CifarPickle.Describe)];
        if (files.Length == 0)
            throw new InputException($"{path}: holds no pickles data_batch_* and no train.");
        if (files.FirstOrDefault(file => file.IsHundred != files[0].IsHundred) is { } odd)
            throw new InputException($"{odd.Path}: is of CIFAR-{(odd.IsHundred ? 100 : 10)}, but {files[0].Path} is not.");
        var namesFile = NamesFile(files[0].Path, files[0].Names.File).FirstOrDefault();
        var names = namesFile is null ? ClassNames.Digits(files[0].ClassCount) : CifarPickle.ReadNames(namesFile, files[0].Names.Key);
        var format = files[0].IsHundred ? "cifar100-python" : "cifar-python";
        return new(new(format, CountOf(files, path), CifarLayout.Shape, names, HasSoftLabels: false)
        {
            WhyNameless = files.All(file => file.FileNames is null) ? $"{files[0].Path} has no list \"filenames\"." : null,
        }, files);
    }

    private static IReadOnlyList<string>? Files(string path)
    {
        var data = DataFiles(path);
        return data.Length == 0 ? null : [.. data, .. NamesFile(data[0], "batches.meta"), .. NamesFile(data[0], "meta")];
    }

    private static string[] DataFiles(string path)
    {
        if (!Directory.Exists(path))
            return CifarPickle.LooksLikeOne(path) ? [path] : [];
        var batches = Directory.GetFiles(path, "data_batch_*").Where(CifarPickle.LooksLikeOne).ToArray();
        Array.Sort(batches, StringComparer.Ordinal);
        return batches.Length > 0 ? batches : [.. ClassNames.Existing(Path.Combine(path, "train")).Where(CifarPickle.LooksLikeOne)];
    }

    private static string[] NamesFile(string batch, string name) => ClassNames.Existing(Path.Combine(Path.GetDirectoryName(batch) ?? "", name));
}
