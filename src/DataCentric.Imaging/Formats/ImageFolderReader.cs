using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// One folder a class with PNG, JPEG, WebP, BMP or GIF files in it. Labels are the ordinal order of the folders' names, or the order of a
/// <c>classes.txt</c> beside them; images come in the order of label and file name. All are of one size, that of the first one that can
/// be read, unless they are resized. Decoding is that of <see cref="PictureDecoder"/>.
/// </summary>
internal sealed class ImageFolderReader : PictureSetReader, IImageReader
{
    private const int MostMeasured = 200;
    private const int MostSizes = 5;

    private readonly PictureListing _listing;
    private readonly PictureDecoder _decoder;

    private ImageFolderReader(ImageSetInfo info, WholePictures pictures, PictureDecoder decoder, string measured)
        : base(info, decoder, measured) => (_listing, _decoder, LeftOut) = (pictures.Listing, decoder, pictures.LeftOut);

    internal static FormatProbe Probe { get; } = new(
        $"image folder: a folder with one folder a class and {PictureFiles.Expected} files in each, or such folders in train, val and test",
        (path, options) => PictureListing.Find(path, options) is { } listing ? Found(listing, options) : null)
    {
        Takes = ReadingChoices.Part | ReadingChoices.Labels | ReadingChoices.Broken,
    };

    /// <summary>What was listed. Which pictures are whole is found out once, at the first opening.</summary>
    private static FoundSet Found(PictureListing listing, ReadingOptions options)
    {
        var pictures = new Lazy<WholePictures>(() => options.SkipBroken ? WholePictures.Of(listing, new(options)) : new(listing, []));
        return new(listing.Files, () => Open(pictures.Value, new(options)));
    }

    /// <summary>Opens pictures; only the header of the first one is read.</summary>
    /// <exception cref="InputException">No image can be read.</exception>
    private static ImageFolderReader Open(WholePictures pictures, PictureDecoder decoder)
    {
        var listing = pictures.Listing;
        var (shape, measured) = Measure(listing.Pictures.Select(Encoded), decoder);
        return new(new("image-folder", listing.Pictures.Count, shape, listing.Classes, HasSoftLabels: false), pictures, decoder, measured);
    }

    public IReadOnlyList<string> LeftOut { get; }

    public override IReadOnlyList<string> Remarks => [.. _listing.Remarks, .. base.Remarks];

    protected override IReadOnlyList<EncodedPicture> Next(int count) =>
        [.. Enumerable.Range(Position, count).Select(i => Encoded(_listing.Pictures[i]))];

    protected override string WayOnWithout => " inspect names every broken picture. Mend or remove them, or leave them out by --skip-broken, which tells of each.";

    protected override string SizesFound()
    {
        var step = Math.Max(1, _listing.Pictures.Count / MostMeasured);
        var sizes = new Dictionary<ImageShape, int>();
        for (var i = 0; i < _listing.Pictures.Count; i += step)
        {
            if (TryMeasure(_listing.Pictures[i]) is { } shape)
                sizes[shape] = sizes.GetValueOrDefault(shape) + 1;
        }

        var shown = sizes.OrderByDescending(size => size.Value).Take(MostSizes).Select(size => $"{size.Key} ({size.Value})");
        return $" Sizes of {sizes.Values.Sum()} of the {_listing.Pictures.Count} pictures: {string.Join(", ", shown)}{(sizes.Count > MostSizes ? $" and {sizes.Count - MostSizes} more" : "")}.";
    }

    protected override void Leave(int count)
    {
    }

    public override void Dispose()
    {
    }

    private static EncodedPicture Encoded(ListedPicture picture) => new(picture.SourceId, picture.Path, picture.Label, picture.Read);

    private ImageShape? TryMeasure(ListedPicture picture)
    {
        try
        {
            return _decoder.Measure(picture.Read(), picture.Path);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
