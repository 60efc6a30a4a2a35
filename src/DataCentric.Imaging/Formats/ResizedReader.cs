using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>A set of decoded images of one size, brought to another.</summary>
/// <param name="inner">The set; disposed with this.</param>
/// <param name="options">The rule, which is there.</param>
internal sealed class ResizedReader(IImageReader inner, ReadingOptions options) : IImageReader
{
    public ImageSetInfo Info { get; } = inner.Info with { Shape = options.Resize!.Shape };

    public IReadOnlyList<string> Remarks => inner.Remarks;

    public ImageSet Read(int count) => Resized(inner.Read(count));

    public ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken) => Resized(inner.ReadWhole(count, broken));

    public void Skip(int count) => inner.Skip(count);

    public void Dispose() => inner.Dispose();

    private ImageSet Resized(ImageSet images)
    {
        if (images.Shape == Info.Shape)
            return images;
        var pixels = new byte[images.Count * Info.Shape.ByteLength];
        Parallel.For(0, images.Count, i => Resizing.Apply(images.Image(i).ToArray(), images.Shape, options).CopyTo(pixels.AsSpan(i * Info.Shape.ByteLength)));
        return new(Info.Shape, pixels, images.Labels, images.SourceIds, images.SoftLabels);
    }
}
