using System.Globalization;
using DataCentric.Imaging.Formats.Arrays;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// A pair of NumPy arrays in one folder: <c>data.npy</c>, images as <see cref="NpyImageFile"/> says, and <c>label.npy</c>, labels as
/// <see cref="NpyLabelFile"/> says. Class names come from <c>classes.txt</c> in the same folder.
/// </summary>
internal sealed class NpyPairReader : SequentialImageReader
{
    /// <summary>Name of the array of images.</summary>
    public const string DataFile = "data.npy";

    /// <summary>Name of the array of labels.</summary>
    public const string LabelFile = "label.npy";

    private readonly NpyImageFile _images;
    private readonly NpyLabelFile _labels;
    private readonly IDisposable? _owned;

    private NpyPairReader(ImageSetInfo info, NpyImageFile images, NpyLabelFile labels, IDisposable? owned)
        : base(info) => (_images, _labels, _owned) = (images, labels, owned);

    internal static FormatProbe Probe { get; } =
        new($"npy pair: a folder with {DataFile} and {LabelFile}, or the path of {DataFile} beside {LabelFile}", (path, _) => Files(path), (path, options) => Open(path, options.Scale)) { Takes = ReadingChoices.Scale };

    /// <summary>Opens a pair.</summary>
    /// <param name="path">The folder, or the file with the images.</param>
    /// <param name="scale">Factor of the images' values, see <see cref="PixelScale"/>; null for none.</param>
    /// <exception cref="InputException">A file is missing, empty, truncated, of another type or shape, or N differs.</exception>
    public static NpyPairReader Open(string path, double? scale = null)
    {
        var files = Files(path) ?? throw new InputException($"{path}: is neither an npy file nor a folder with {DataFile}.");
        return Open("npy-pair", NpySource.File(files[0]), NpySource.File(files[1]), files.Skip(2).FirstOrDefault(), scale);
    }

    /// <summary>Opens two arrays wherever they lie.</summary>
    /// <param name="format">Name of the format.</param>
    /// <param name="images">The images.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="namesFile">File with the class names, or null.</param>
    /// <param name="scale">Factor of the images' values, or null.</param>
    /// <param name="owned">Disposed with the reader and where opening fails; null for nothing.</param>
    internal static NpyPairReader Open(string format, NpySource images, NpySource labels, string? namesFile, double? scale, IDisposable? owned = null)
    {
        NpyImageFile? imageFile = null;
        NpyLabelFile? labelFile = null;
        try
        {
            imageFile = new NpyImageFile(images, scale);
            labelFile = NpyLabelFile.Open(labels, namesFile);
            if (labelFile.Count != imageFile.Count)
                throw new InputException($"{labels.Name}: has {labelFile.Count} labels for the {imageFile.Count} images of {images.Name}.");
            return new(new(format, labelFile.Count, imageFile.Shape, labelFile.Classes, labelFile.AreSoft), imageFile, labelFile, owned);
        }
        catch
        {
            imageFile?.Dispose();
            labelFile?.Dispose();
            owned?.Dispose();
            throw;
        }
    }

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        var first = Position;
        _images.Read(pixels);
        _labels.Read(labels, softLabels);
        for (var i = 0; i < sourceIds.Length; i++)
            sourceIds[i] = string.Create(CultureInfo.InvariantCulture, $"{_images.ShortName}#{first + i}");
    }

    protected override void Leave(int count)
    {
        _images.Skip(count);
        _labels.Skip(count);
    }

    public override void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _owned?.Dispose();
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
}
