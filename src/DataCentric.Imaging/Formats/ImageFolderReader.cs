using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One folder a class with PNG, JPEG, WebP, BMP or GIF files in it. Labels are the ordinal order of the folders' names, or the order of a
/// <c>classes.txt</c> beside them; images come in the order of label and file name. All are of one size, that of the first one that can
/// be read. Decoding is that of <see cref="RgbImage"/>: transparency is an error.
/// </summary>
internal sealed class ImageFolderReader : SequentialImageReader, IImageReader
{
    private readonly IReadOnlyList<ClassFolder> _folders;
    private readonly int[] _starts;
    private readonly string _measured;
    private readonly IReadOnlyList<string> _remarks;
    private (int Count, string First) _turned;
    private int _otherSize = -1; // number of the last image that was refused for its size

    private ImageFolderReader(ImageSetInfo info, IReadOnlyList<ClassFolder> folders, string measured, IReadOnlyList<string> remarks)
        : base(info)
    {
        (_folders, _measured, _remarks) = (folders, measured, remarks);
        _starts = new int[folders.Count];
        for (var i = 1; i < _starts.Length; i++)
            _starts[i] = _starts[i - 1] + folders[i - 1].Files.Count;
    }

    internal static FormatProbe Probe { get; } = new(
        $"image folder: a folder with one folder a class and {PictureFiles.Expected} files in each",
        path => ClassFolder.Find(path) is { } folders ? [.. Paths(folders), .. ClassNames.FileIn(path)] : null,
        Open);

    /// <summary>Opens a folder; only the header of the first image is read.</summary>
    /// <param name="path">The folder that holds the class folders.</param>
    /// <exception cref="InputException">A class is empty, an image lies outside the class folders, or no image can be read.</exception>
    public static ImageFolderReader Open(string path)
    {
        var folders = ClassFolder.Find(path)
            ?? throw new InputException($"{path}: holds no folders with {PictureFiles.Expected} files; expected one folder a class.");
        var (shape, measured) = Measure(folders);
        var count = folders.Sum(folder => folder.Files.Count);
        var names = ClassNames.FileIn(path) is [var file] ? ClassNames.Read(file) : [.. folders.Select(folder => folder.Name)];
        return new(new("image-folder", count, shape, names, HasSoftLabels: false), folders, measured, ClassFolder.RemarksOn(path, folders));
    }

    public override IReadOnlyList<string> Remarks =>
    [
        .. _remarks,
        .. _turned.Count == 0 ? Array.Empty<string>() :
        [
            $"{_turned.Count} picture{(_turned.Count == 1 ? "" : "s")} such as {_turned.First} ask{(_turned.Count == 1 ? "s" : "")} by EXIF orientation to be shown turned or mirrored; "
            + "the pixels are taken as they are stored, as training loaders do.",
        ],
        .. base.Remarks,
    ];

    public ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken)
    {
        var images = new List<ImageSet>();
        while (images.Count < count && Position < Info.Count)
        {
            try
            {
                images.Add(Read(1));
            }
            catch (InputException e)
            {
                var (folder, file) = FileAt(Position);
                broken.Add(new($"{folder.Name}/{file}", e.Message, IsOtherSize: _otherSize == Position));
                Skip(1);
            }
        }

        return new(
            Info.Shape,
            [.. images.SelectMany(image => image.Pixels)],
            [.. images.SelectMany(image => image.Labels)],
            [.. images.SelectMany(image => image.SourceIds)]);
    }

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var (folder, file) = FileAt(Position + i);
            var path = folder.PathOf(file);
            var rgb = RgbImage.Decode(ReadFile(path), path, out var shape, out var isTurned);
            if (shape != Info.Shape)
            {
                _otherSize = Position + i;
                throw new InputException($"{path}: is {shape}, but {_measured} is {Info.Shape}; expected images of one size.");
            }

            if (isTurned)
                _turned = (_turned.Count + 1, _turned.Count == 0 ? path : _turned.First);
            rgb.CopyTo(pixels[(i * Info.Shape.ByteLength)..]);
            (labels[i], sourceIds[i]) = (folder.Label, $"{folder.Name}/{file}");
        }
    }

    protected override void Leave(int count)
    {
    }

    public override void Dispose()
    {
    }

    private static IEnumerable<string> Paths(IEnumerable<ClassFolder> folders) =>
        folders.SelectMany(folder => folder.Files.Select(folder.PathOf));

    /// <summary>The size of the first image that can be read; where none can, what is wrong with the first.</summary>
    private static (ImageShape Shape, string Path) Measure(IReadOnlyList<ClassFolder> folders)
    {
        InputException? first = null;
        foreach (var path in Paths(folders))
        {
            try
            {
                return (RgbImage.Measure(ReadFile(path), path), path);
            }
            catch (InputException e)
            {
                first ??= e;
            }
        }

        throw first!;
    }

    private static byte[] ReadFile(string path) =>
        ExactReading.Length(path) <= RgbImage.LargestEncoded
            ? ExactReading.All(path)
            : throw new InputException($"{path}: is larger than {RgbImage.LargestEncoded} bytes.");

    private (ClassFolder Folder, string File) FileAt(int index)
    {
        var at = Array.BinarySearch(_starts, index) is var found && found >= 0 ? found : ~found - 1;
        return (_folders[at], _folders[at].Files[index - _starts[at]]);
    }
}
