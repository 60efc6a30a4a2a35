using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One folder a class with PNG or JPEG files in it. Labels are the ordinal order of the folders' names, or the order of a
/// <c>classes.txt</c> beside them; images come in the order of label and file name. All are of one size. Decoding is that of <see cref="RgbImage"/>: transparency is an error.
/// </summary>
public sealed class ImageFolderReader : SequentialImageReader
{
    private readonly IReadOnlyList<ClassFolder> _folders;
    private int _class;
    private int _inClass;

    private ImageFolderReader(ImageSetInfo info, IReadOnlyList<ClassFolder> folders)
        : base(info) => _folders = folders;

    internal static FormatProbe Probe { get; } = new(
        "image folder: a folder with one folder a class and PNG or JPEG files in each",
        path => ClassFolder.Find(path) is { } folders ? [.. folders.SelectMany(folder => folder.Files.Select(folder.PathOf)), .. ClassNames.FileIn(path)] : null,
        Open);

    /// <summary>Opens a folder; only the header of the first image is read.</summary>
    /// <param name="path">The folder that holds the class folders.</param>
    /// <exception cref="InputException">A class is empty, an image lies outside the class folders, or the first one is broken.</exception>
    public static ImageFolderReader Open(string path)
    {
        var folders = ClassFolder.Find(path)
            ?? throw new InputException($"{path}: holds no folders with PNG or JPEG files; expected one folder a class.");
        var first = folders[0].PathOf(folders[0].Files[0]);
        var shape = RgbImage.Measure(ReadFile(first), first);
        var count = folders.Sum(folder => folder.Files.Count);
        var names = ClassNames.FileIn(path) is [var file] ? ClassNames.Read(file) : [.. folders.Select(folder => folder.Name)];
        return new(new("image-folder", count, shape, names, HasSoftLabels: false), folders);
    }

    /// <inheritdoc/>
    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            StepOver(0);
            var folder = _folders[_class];
            var file = folder.Files[_inClass++];
            var path = folder.PathOf(file);
            var rgb = RgbImage.Decode(ReadFile(path), path, out var shape);
            if (shape != Info.Shape)
            {
                var first = _folders[0].PathOf(_folders[0].Files[0]);
                throw new InputException($"{path}: is {shape}, but {first} is {Info.Shape}; expected images of one size.");
            }

            rgb.CopyTo(pixels[(i * Info.Shape.ByteLength)..]);
            (labels[i], sourceIds[i]) = (folder.Label, $"{folder.Name}/{file}");
        }
    }

    /// <inheritdoc/>
    protected override void Leave(int count) => StepOver(count);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private static byte[] ReadFile(string path) =>
        new FileInfo(path).Length <= RgbImage.LargestEncoded
            ? File.ReadAllBytes(path)
            : throw new InputException($"{path}: is larger than {RgbImage.LargestEncoded} bytes.");

    /// <summary>Counts on, into the class that holds the next image.</summary>
    private void StepOver(int count)
    {
        _inClass += count;
        for (; _class < _folders.Count && _inClass >= _folders[_class].Files.Count; _class++)
            _inClass -= _folders[_class].Files.Count;
    }
}
