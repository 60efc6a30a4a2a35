using DataCentric.Imaging.Duplicates;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Inspection;

/// <summary>Looks through data sets once, from front to back. Keeps a hash, a source id and a picture of at most 32x32 pixels of each image.</summary>
public static class DataSetInspector
{
    /// <summary>Images of a set beyond which near duplicates are looked for only where that is asked for: time grows with the square.</summary>
    public const int FewToCompare = 50_000;

    private const int MostToCompare = 200_000; // 3.7 KB each
    private const int BytesAtOnce = 4 << 20;

    /// <summary>Inspects all that is left in a reader.</summary>
    /// <param name="reader">The set; the caller disposes it.</param>
    /// <param name="onBatch">Told each batch as it is read, such as <see cref="Pictures.ClassSamples.Add"/>; null for none.</param>
    /// <param name="against">Another set, to find what both have in common; null for none. The caller disposes it.</param>
    /// <param name="comparesMany">Whether near duplicates are looked for among more than <see cref="FewToCompare"/> images, too, up to 200,000.</param>
    /// <param name="progress">Told how far it is; null for nobody. By several threads at once.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="InputException">A source is broken in a way that hides what follows.</exception>
    public static DataSetInspection Inspect(
        IImageReader reader, Action<ImageSet>? onBatch = null, IImageReader? against = null, bool comparesMany = false, IProgress<InspectionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var info = reader.Info;
        var classes = new int[info.Classes.Count];
        var channels = new ChannelStatistics();
        var constant = 0;
        var (index, broken, otherSizes) = Read(reader, Look, comparesMany, ReportOf("read"), cancellationToken);
        foreach (var image in otherSizes)
            classes[image.Label!.Value]++;
        return new(
            info.Format,
            index.Count,
            info.Shape.Height,
            info.Shape.Width,
            info.HasSoftLabels,
            [.. info.Classes.Zip(classes, (name, images) => new ClassCount(name, images))],
            channels.Means,
            channels.Deviations,
            constant,
            DuplicateCounter.Within(index),
            DuplicateCounter.NearWithin(index, ReportOf("compare"), cancellationToken),
            broken,
            otherSizes,
            reader.Pictures,
            reader.Remarks,
            against is null ? null : Compare());

        Action<int, int>? ReportOf(string work) => progress is null ? null : (done, total) => progress.Report(new(work, done, total));

        void Look(ImageSet images)
        {
            channels.Add(images.Pixels);
            for (var i = 0; i < images.Count; i++)
            {
                classes[images.Labels[i]]++;
                constant += IsConstant(images.Image(i)) ? 1 : 0;
            }

            onBatch?.Invoke(images);
        }

        SetOverlap Compare()
        {
            var (others, brokenThere, otherSizesThere) = Read(against, null, comparesMany, ReportOf("read the other"), cancellationToken);
            return new(
                others.Count,
                DuplicateCounter.Between(index, others),
                DuplicateCounter.NearBetween(index, others, ReportOf("compare both"), cancellationToken),
                brokenThere,
                otherSizesThere);
        }
    }

    private static (ImageIndex Index, IReadOnlyList<LeftOutImage> Broken, IReadOnlyList<LeftOutImage> OtherSizes) Read(
        IImageReader reader, Action<ImageSet>? onBatch, bool comparesMany, Action<int, int>? report, CancellationToken cancellationToken)
    {
        var index = new ImageIndex(reader.Info.Shape, reader.Info.Count <= (comparesMany ? MostToCompare : FewToCompare));
        var leftOut = new List<LeftOutImage>();
        var batch = Math.Max(1, BytesAtOnce / reader.Info.Shape.ByteLength);
        while (reader.ReadWhole(batch, leftOut) is { Count: > 0 } images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < images.Count; i++)
                index.Add(images.Image(i), images.Labels[i], images.SourceIds[i]);
            onBatch?.Invoke(images);
            report?.Invoke(index.Count + leftOut.Count, reader.Info.Count);
        }

        return (index, [.. leftOut.Where(image => !image.IsOtherSize)], [.. leftOut.Where(image => image.IsOtherSize)]);
    }

    /// <summary>Whether all pixels are equal: the image equals itself moved on by one pixel.</summary>
    private static bool IsConstant(ReadOnlySpan<byte> image) =>
        image[ImageShape.Channels..].SequenceEqual(image[..^ImageShape.Channels]);
}

/// <summary>How far an inspection is.</summary>
/// <param name="Work">What is done, such as <c>read</c> or <c>compare</c>.</param>
/// <param name="Done">Images done.</param>
/// <param name="Total">Images to do.</param>
public sealed record InspectionProgress(string Work, int Done, int Total);
