using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One file of the python version of CIFAR: the pickle of a dictionary with <c>data</c>, bytes of shape (N, 3072), the planes R, G, B,
/// and <c>labels</c> (CIFAR-100: <c>fine_labels</c>), a list or an array of N class indexes. Pixels stay in the file.
/// </summary>
/// <param name="Path">Where it is.</param>
/// <param name="Labels">Class indexes, not negative.</param>
/// <param name="Pixels">Where the pixels lie.</param>
/// <param name="FileNames">Names of the pictures that the images were made from, one an image; null where the file has none.</param>
/// <param name="IsHundred">Whether it is of CIFAR-100.</param>
internal sealed record CifarPickle(string Path, int[] Labels, CifarPicklePixels Pixels, IReadOnlyList<string>? FileNames, bool IsHundred) : CifarPart(Path, Labels.Length)
{
    private const byte ProtocolMark = 0x80;

    /// <summary>The file that names the classes, and its entry with the names.</summary>
    public (string File, string Key) Names => IsHundred ? ("meta", "fine_label_names") : ("batches.meta", "label_names");

    /// <summary>Classes where no names are given.</summary>
    public int ClassCount => IsHundred ? 100 : 10;

    /// <summary>Whether a file begins as a pickle of protocol 2 or later, or as that of a dictionary of protocol 0 or 1.</summary>
    public static bool LooksLikeOne(string path) =>
        ExactReading.Start(path, 3) is [ProtocolMark, >= 2 and <= 5, ..] or [(byte)'(', (byte)'d', (byte)'p'] or [(byte)'}', (byte)'q', 0 or 1];

    /// <summary>Reads everything but the pixels.</summary>
    /// <exception cref="InputException">The file is not such a pickle, is broken or asks for code.</exception>
    public static CifarPickle Describe(string path)
    {
        using var stream = ExactReading.Open(path);
        var content = Load(stream, path);
        var hundred = content.Find("fine_labels") is not null;
        var key = hundred ? "fine_labels" : "labels";
        if (content.Find("data") is not NumpyVocabulary.PickleArray data || content.Find(key) is not (List<object?> or NumpyVocabulary.PickleArray))
            throw new InputException($"{path}: is a pickle without CIFAR's \"data\" (an array) and \"labels\" or \"fine_labels\" (a list or an array).");
        var pixels = CifarPicklePixels.Of(data, stream, path);
        var labels = CifarPickleLabels.Read(content.Find(key)!, stream, $"{path}, \"{key}\"", path);
        return pixels.Count == labels.Length && pixels.Count > 0
            ? new(path, labels, pixels, NamesOf(content, labels.Length), hundred)
            : throw new InputException($"{path}: has {labels.Length} labels for {pixels.Count} images.");
    }

    /// <summary>The names of the classes.</summary>
    /// <param name="path">The file with the names.</param>
    /// <param name="key">Its entry with the names.</param>
    /// <exception cref="InputException">They are not there.</exception>
    public static IReadOnlyList<string> ReadNames(string path, string key)
    {
        using var stream = ExactReading.Open(path);
        return Load(stream, path).Find(key) is List<object?> { Count: > 0 and <= ClassNames.Limit } names && names.All(name => name is string { Length: > 0 })
            ? [.. names.Cast<string>()]
            : throw new InputException($"{path}: has no list of class names under \"{key}\".");
    }

    public override string SourceOf(int index) => FileNames?[index] is { Length: > 0 } name ? $"{base.SourceOf(index)}/{name}" : base.SourceOf(index);

    public override long StartOf(int index) => Pixels.StartOf(index);

    public override int ReadLabel(Stream stream, int index) => Labels[index];

    public override void ReadPlanes(Stream stream, int index, Span<byte> planes)
    {
        if (Pixels.ArePlain)
            base.ReadPlanes(stream, index, planes);
        else
            Pixels.ReadText(stream, index, planes, Path);
    }

    private static string[]? NamesOf(PickleDict content, int count) =>
        content.Find("filenames") is List<object?> names && names.Count == count && names.All(name => name is string) ? [.. names.Cast<string>()] : null;

    private static PickleDict Load(Stream stream, string path) =>
        new PickleMachine(stream, new NumpyVocabulary(path), path).Read() as PickleDict
            ?? throw new InputException($"{path}: is a pickle, but not of a dictionary as in CIFAR's python version.");
}
