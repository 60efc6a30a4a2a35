using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Grey images in the IDX format of the MNIST family, plain or gzip, such as <c>train-images-idx3-ubyte</c> with
/// <c>train-labels-idx1-ubyte</c>.
/// Grey becomes RGB as by <see cref="GreyPixels"/>. In a folder with several sets the training set is taken, as its source ids show. Class
/// names come from <c>classes.txt</c> in the same folder; without it there are as many classes as the largest label asks for.
/// </summary>
internal sealed class IdxReader : SequentialImageReader
{
    private readonly IdxFile _images;
    private readonly IdxFile _labels;
    private readonly GreyPixels _pixels;
    private readonly byte[] _grey;

    private IdxReader(ImageSetInfo info, IdxFile images, IdxFile labels, GreyPixels pixels)
        : base(info) => (_images, _labels, _pixels, _grey) = (images, labels, pixels, new byte[pixels.ByteLength]);

    internal static FormatProbe Probe { get; } = new(
        "IDX: a file like train-images-idx3-ubyte (0x00000803, maybe .gz) beside its labels, or a folder with such files",
        IdxFiles.Find,
        Open);

    /// <summary>Opens a set.</summary>
    /// <param name="path">The file of images, or a folder with one set or with a training set.</param>
    /// <exception cref="InputException">A file is missing, empty, truncated or of another kind; counts or sides do not fit.</exception>
    public static IdxReader Open(string path)
    {
        var files = IdxFiles.Find(path) ?? throw new InputException($"{path}: holds no IDX images.");
        IdxFile? images = null;
        IdxFile? labels = null;
        try
        {
            images = IdxFile.Open(files[0], IdxFile.ImagesMagic);
            var pixels = new GreyPixels(images.Lengths[1], images.Lengths[2]);
            var shape = pixels.Shape.Validated(files[0]);
            labels = IdxFile.Open(files[1], IdxFile.LabelsMagic);
            if (labels.Lengths[0] != images.Lengths[0])
            {
                throw new InputException(
                    $"{files[1]}: has {labels.Lengths[0]} labels for the {images.Lengths[0]} images of {files[0]}.");
            }

            var names = ClassNames.Of(files.Skip(2).FirstOrDefault(), 1 + LargestLabel(files[1]), files[1]);
            return new(new("idx", images.Lengths[0], shape, names, HasSoftLabels: false), images, labels, pixels);
        }
        catch
        {
            images?.Dispose();
            labels?.Dispose();
            throw;
        }
    }

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        var name = Path.GetFileName(_images.Path);
        var first = Position;
        var labelBytes = new byte[labels.Length];
        _labels.Read(labelBytes, () => LabelPlace(_labels, first));
        for (var i = 0; i < labels.Length; i++)
        {
            var index = first + i;
            labels[i] = labelBytes[i];
            _images.Read(_grey, () => ImagePlace(index));
            _pixels.Expand(_grey, pixels.Slice(i * Info.Shape.ByteLength, Info.Shape.ByteLength));
            sourceIds[i] = string.Create(CultureInfo.InvariantCulture, $"{name}#{index}");
        }
    }

    protected override void Leave(int count)
    {
        var first = Position;
        _labels.Skip(count, () => LabelPlace(_labels, first));
        _images.Skip((long)count * _grey.Length, () => ImagePlace(first));
    }

    public override void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
    }

    private static int LargestLabel(string path)
    {
        using var file = IdxFile.Open(path, IdxFile.LabelsMagic);
        var buffer = new byte[Math.Min(file.Lengths[0], 1 << 16)];
        var largest = 0;
        for (var first = 0; first < file.Lengths[0]; first += buffer.Length)
        {
            var labels = buffer.AsSpan(0, Math.Min(buffer.Length, file.Lengths[0] - first));
            var start = first;
            file.Read(labels, () => LabelPlace(file, start));
            foreach (var label in labels)
                largest = Math.Max(largest, label);
        }

        return largest;
    }

    private static string LabelPlace(IdxFile file, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path}, label {index} (byte {file.HeaderLength + index})");

    private string ImagePlace(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_images.Path}, image {index} (byte {_images.HeaderLength + ((long)index * _grey.Length)})");
}
