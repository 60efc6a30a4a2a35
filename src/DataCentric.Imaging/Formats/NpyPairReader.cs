using System.Globalization;
using DataCentric.Images;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// A pair of NumPy arrays in one folder: <c>data.npy</c>, bytes of shape (N, H, W, 3) in C order, and <c>label.npy</c>, class indexes
/// (N,) or rows of class probabilities (N, K). Rows that are all exactly one-hot are read as class indexes. Class names come from
/// <c>classes.txt</c> in the same folder.
/// </summary>
public sealed class NpyPairReader : SequentialImageReader
{
    /// <summary>Name of the array of images.</summary>
    public const string DataFile = "data.npy";

    /// <summary>Name of the array of labels.</summary>
    public const string LabelFile = "label.npy";

    private readonly string _path;
    private readonly FileStream _data;
    private readonly NpyHeader _header;
    private readonly NpyLabelFile _labels;

    private NpyPairReader(ImageSetInfo info, string path, FileStream data, NpyHeader header, NpyLabelFile labels)
        : base(info) => (_path, _data, _header, _labels) = (path, data, header, labels);

    internal static FormatProbe Probe { get; } =
        new($"npy pair: a folder with {DataFile} and {LabelFile}, or the path of {DataFile} beside {LabelFile}", Files, Open);

    /// <summary>Opens a pair.</summary>
    /// <param name="path">The folder, or the file with the images.</param>
    /// <exception cref="InputException">A file is missing, empty, truncated, of another type or shape, or N differs.</exception>
    public static NpyPairReader Open(string path)
    {
        var files = Files(path) ?? throw new InputException($"{path}: is no npy file and no folder with {DataFile}.");
        FileStream? data = null;
        NpyLabelFile? labels = null;
        try
        {
            data = ExactReading.Open(files[0]);
            var header = NpyHeader.Read(data, files[0]);
            var shape = CheckShape(header, files[0]);
            header.CheckFileLength(data.Length, files[0]);
            labels = new NpyLabelFile(files[1]);
            if (labels.Count != header.Shape[0])
            {
                throw new InputException(
                    $"{files[1]}: has {labels.Count} labels for the {header.Shape[0]} images of {files[0]}.");
            }

            var names = ClassNames.Of(files.Skip(2).FirstOrDefault(), labels.ClassCount, files[1]);
            if (labels.AreSoft && names.Count != labels.ClassCount)
            {
                throw new InputException(
                    $"{files[2]}: names {names.Count} classes, but the rows of {files[1]} have {labels.ClassCount} columns.");
            }

            return new(new("npy-pair", labels.Count, shape, names, labels.AreSoft), files[0], data, header, labels);
        }
        catch
        {
            data?.Dispose();
            labels?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        var first = Position;
        ExactReading.Fill(_data, pixels, () => string.Create(
            CultureInfo.InvariantCulture, $"{_path}, image {first} (byte {_header.OffsetOf(first)})"));
        _labels.Read(labels, softLabels);
        var name = Path.GetFileName(_path);
        for (var i = 0; i < sourceIds.Length; i++)
            sourceIds[i] = string.Create(CultureInfo.InvariantCulture, $"{name}#{first + i}");
    }

    /// <inheritdoc/>
    protected override void Leave(int count)
    {
        _data.Position = _header.OffsetOf(Position + count);
        _labels.Skip(count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _data.Dispose();
        _labels.Dispose();
    }

    private static string[]? Files(string path)
    {
        var isFolder = Directory.Exists(path);
        var data = isFolder ? Path.Combine(path, DataFile) : path;
        if (isFolder ? !File.Exists(data) : !ExactReading.Start(path, NpyHeader.Magic.Length).AsSpan().SequenceEqual(NpyHeader.Magic))
            return null;
        var folder = isFolder ? path : Path.GetDirectoryName(path) ?? "";
        var labels = Path.Combine(folder, LabelFile);
        if (Path.GetFullPath(labels) == Path.GetFullPath(data))
            throw new InputException($"{path}: holds the labels; name {DataFile} or the folder instead.");
        if (!File.Exists(labels))
            throw new InputException($"{data}: the labels are missing; expected {LabelFile} in the same folder.");
        return [data, labels, .. ClassNames.FileIn(folder)];
    }

    private static ImageShape CheckShape(NpyHeader header, string path)
    {
        if (header.Type != NpyDType.U1 || header.Shape is not [var count, var height, var width, ImageShape.Channels])
        {
            throw new InputException(
                $"{path}: is {header.Type} of shape {NpyHeader.Describe(header.Shape)}; expected |u1 (uint8) of shape (N, H, W, 3).");
        }

        if (header.FortranOrder)
            throw new InputException($"{path}: is in Fortran order; expected C order (numpy.ascontiguousarray).");
        return count > 0
            ? new ImageShape(height, width).Validated(path)
            : throw new InputException($"{path}: holds no images.");
    }
}
