using System.Globalization;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// A pair of NumPy arrays in one folder: <c>data.npy</c>, bytes of shape (N, H, W, 3) or, grey, (N, H, W) or (N, H, W, 1) in C order, and
/// <c>label.npy</c>, class indexes (N,) or rows of class probabilities (N, K). Grey becomes RGB as by <see cref="GreyPixels"/>. Rows that are all exactly one-hot are read as class indexes. Class names come from
/// <c>classes.txt</c> in the same folder.
/// </summary>
internal sealed class NpyPairReader : SequentialImageReader
{
    /// <summary>Name of the array of images.</summary>
    public const string DataFile = "data.npy";

    /// <summary>Name of the array of labels.</summary>
    public const string LabelFile = "label.npy";

    private readonly NpySource _source;
    private readonly Stream _data;
    private readonly NpyHeader _header;
    private readonly NpyLabelFile _labels;
    private readonly GreyPixels? _grey;
    private readonly IDisposable? _owned;

    private NpyPairReader(ImageSetInfo info, NpySource source, Stream data, NpyHeader header, NpyLabelFile labels, IDisposable? owned)
        : base(info) => (_source, _data, _header, _labels, _grey, _owned) = (source, data, header, labels, GreyOf(header), owned);

    internal static FormatProbe Probe { get; } =
        new($"npy pair: a folder with {DataFile} and {LabelFile}, or the path of {DataFile} beside {LabelFile}", Files, Open);

    /// <summary>Opens a pair.</summary>
    /// <param name="path">The folder, or the file with the images.</param>
    /// <exception cref="InputException">A file is missing, empty, truncated, of another type or shape, or N differs.</exception>
    public static NpyPairReader Open(string path)
    {
        var files = Files(path) ?? throw new InputException($"{path}: is neither an npy file nor a folder with {DataFile}.");
        return Open("npy-pair", NpySource.File(files[0]), NpySource.File(files[1]), files.Skip(2).FirstOrDefault());
    }

    /// <summary>Opens two arrays wherever they lie.</summary>
    /// <param name="format">Name of the format.</param>
    /// <param name="images">Bytes of shape (N, H, W, 3), (N, H, W) or (N, H, W, 1).</param>
    /// <param name="labels">Class indexes or probabilities.</param>
    /// <param name="namesFile">File with the class names, or null.</param>
    /// <param name="owned">Disposed with the reader and where opening fails; null for nothing.</param>
    internal static NpyPairReader Open(string format, NpySource images, NpySource labels, string? namesFile, IDisposable? owned = null)
    {
        Stream? data = null;
        NpyLabelFile? labelFile = null;
        try
        {
            data = images.Open();
            var header = NpyHeader.Read(data, images.Name);
            var shape = CheckShape(header, images.Name);
            header.CheckFileLength(images.Length, images.Name);
            labelFile = new NpyLabelFile(labels);
            if (labelFile.Count != header.Shape[0])
                throw new InputException($"{labels.Name}: has {labelFile.Count} labels for the {header.Shape[0]} images of {images.Name}.");
            var names = ClassNames.Of(namesFile, labelFile.ClassCount, labels.Name);
            if (labelFile.AreSoft && names.Count != labelFile.ClassCount)
            {
                throw new InputException(
                    $"{namesFile}: names {names.Count} classes, but the rows of {labels.Name} have {labelFile.ClassCount} columns.");
            }

            return new(new(format, labelFile.Count, shape, names, labelFile.AreSoft), images, data, header, labelFile, owned);
        }
        catch
        {
            data?.Dispose();
            labelFile?.Dispose();
            owned?.Dispose();
            throw;
        }
    }

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        var first = Position;
        if (_grey is null)
            ExactReading.Fill(_data, pixels, () => Place(first));
        else
            FillGrey(_grey, pixels, labels.Length);
        _labels.Read(labels, softLabels);
        for (var i = 0; i < sourceIds.Length; i++)
            sourceIds[i] = string.Create(CultureInfo.InvariantCulture, $"{_source.ShortName}#{first + i}");
    }

    protected override void Leave(int count)
    {
        var first = Position;
        ExactReading.Skip(_data, count * _header.RowLength, () => Place(first));
        _labels.Skip(count);
    }

    public override void Dispose()
    {
        _data.Dispose();
        _labels.Dispose();
        _owned?.Dispose();
    }

    private void FillGrey(GreyPixels grey, Span<byte> pixels, int count)
    {
        var (image, first) = (new byte[grey.ByteLength], Position);
        for (var i = 0; i < count; i++)
        {
            var index = first + i;
            ExactReading.Fill(_data, image, () => Place(index));
            grey.Expand(image, pixels[(i * Info.Shape.ByteLength)..]);
        }
    }

    private string Place(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{_source.Name}, image {index} (byte {_header.OffsetOf(index)})");

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

    private static GreyPixels? GreyOf(NpyHeader header) =>
        header.Shape is [_, _, _] or [_, _, _, 1] ? new(header.Shape[1], header.Shape[2]) : null;

    private static ImageShape CheckShape(NpyHeader header, string path)
    {
        ImageShape? shape = header.Shape is [_, var height, var width, ImageShape.Channels] ? new(height, width) : GreyOf(header)?.Shape;
        if (header.Type != NpyDType.U1 || shape is null)
        {
            throw new InputException(
                $"{path}: is {header.Type} of shape {NpyHeader.Describe(header.Shape)}; expected |u1 (uint8) of shape (N, H, W, 3), or of grey images (N, H, W).");
        }

        if (header.FortranOrder)
            throw new InputException($"{path}: is in Fortran order; expected C order (numpy.ascontiguousarray).");
        return header.Shape[0] > 0 ? shape.Value.Validated(path) : throw new InputException($"{path}: holds no images.");
    }
}
