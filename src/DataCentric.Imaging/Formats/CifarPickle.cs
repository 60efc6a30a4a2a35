using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One file of the python version of CIFAR: the pickle of a dictionary with <c>data</c>, bytes of shape (N, 3072), the planes R, G, B,
/// and <c>labels</c> (CIFAR-100: <c>fine_labels</c>), a list of N class indexes. Pixels stay in the file.
/// </summary>
/// <param name="Path">Where it is.</param>
/// <param name="Labels">Class indexes, not negative.</param>
/// <param name="PixelsAt">Byte at which the pixels begin.</param>
/// <param name="IsHundred">Whether it is of CIFAR-100.</param>
internal sealed record CifarPickle(string Path, int[] Labels, long PixelsAt, bool IsHundred) : CifarPart(Path, Labels.Length)
{
    private const byte ProtocolMark = 0x80;

    /// <summary>The file that names the classes, and its entry with the names.</summary>
    public (string File, string Key) Names => IsHundred ? ("meta", "fine_label_names") : ("batches.meta", "label_names");

    /// <summary>Classes where no names are given.</summary>
    public int ClassCount => IsHundred ? 100 : 10;

    /// <summary>Whether a file begins as a pickle of protocol 2 or later.</summary>
    public static bool LooksLikeOne(string path) => ExactReading.Start(path, 2) is [ProtocolMark, >= 2 and <= 5];

    /// <summary>Reads everything but the pixels.</summary>
    /// <exception cref="InputException">The file is not such a pickle, is broken or asks for code.</exception>
    public static CifarPickle Describe(string path)
    {
        var content = Load(path);
        var hundred = content.Find("fine_labels") is not null;
        var key = hundred ? "fine_labels" : "labels";
        if (content.Find("data") is not NumpyVocabulary.PickleArray data || content.Find(key) is not List<object?> labels)
            throw new InputException($"{path}: is a pickle without CIFAR's \"data\" (an array) and \"labels\" or \"fine_labels\" (a list).");
        var width = CifarLayout.Shape.ByteLength;
        if (data is not { Type: "u1", FortranOrder: false, Shape: [long rows, long columns], Bytes: { } bytes }
            || columns != width || bytes.Length / width != rows || bytes.Length % width != 0)
        {
            throw new InputException(
                $"{path}: \"data\" is not an array of bytes of shape (N, {width}) in C order, but {data.Type} of shape ({string.Join(", ", data.Shape)}).");
        }

        if (rows != labels.Count || rows < 1)
            throw new InputException($"{path}: has {labels.Count} labels for {rows} images.");
        return new(path, [.. labels.Select((label, index) => Label(label, index, path, key))], bytes.Offset, hundred);
    }

    /// <summary>The names of the classes.</summary>
    /// <param name="path">The file with the names.</param>
    /// <param name="key">Its entry with the names.</param>
    /// <exception cref="InputException">They are not there.</exception>
    public static IReadOnlyList<string> ReadNames(string path, string key) =>
        Load(path).Find(key) is List<object?> { Count: > 0 and <= ClassNames.Limit } names && names.All(name => name is string { Length: > 0 })
            ? [.. names.Cast<string>()]
            : throw new InputException($"{path}: has no list of class names under \"{key}\".");

    public override long StartOf(int index) => PixelsAt + ((long)index * CifarLayout.Shape.ByteLength);

    public override int ReadLabel(Stream stream, int index) => Labels[index];

    private static int Label(object? label, int index, string path, string key) => label is long and >= 0 and < ClassNames.Limit
        ? (int)(long)label
        : throw new InputException($"{path}, \"{key}\", entry {index}: {label ?? "None"}; expected a class index from 0 to {ClassNames.Limit - 1}.");

    private static PickleDict Load(string path)
    {
        using var stream = ExactReading.Open(path);
        return new PickleMachine(stream, new NumpyVocabulary(path), path).Read() as PickleDict
            ?? throw new InputException($"{path}: is a pickle, but not of a dictionary as in CIFAR's python version.");
    }
}
