using DataCentric.Images;

namespace DataCentric.Imaging.Formats;

/// <summary>Looks through a data set once, from front to back. Keeps a hash and a source id of each image, but no pixels.</summary>
public static class DataSetInspector
{
    private const int BytesAtOnce = 4 << 20;

    /// <summary>Inspects all that is left in a reader.</summary>
    /// <param name="reader">The set; the caller disposes it.</param>
    /// <param name="onBatch">Told each batch as it is read, such as <see cref="Pictures.ClassSamples.Add"/>; null for none.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="InputException">The source is broken.</exception>
    public static DataSetInspection Inspect(
        IImageReader reader, Action<ImageSet>? onBatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var info = reader.Info;
        var classes = new int[info.Classes.Count];
        var channels = new ChannelStatistics();
        var duplicates = new DuplicateFinder();
        var (count, constant) = (0, 0);
        var batch = Math.Max(1, BytesAtOnce / info.Shape.ByteLength);
        while (reader.Read(batch) is { Count: > 0 } images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            channels.Add(images.Pixels);
            for (var i = 0; i < images.Count; i++)
            {
                classes[images.Labels[i]]++;
                constant += IsConstant(images.Image(i)) ? 1 : 0;
                duplicates.Add(images.Image(i), images.Labels[i], images.SourceIds[i]);
            }

            count += images.Count;
            onBatch?.Invoke(images);
        }

        return new(
            info.Format,
            count,
            info.Shape.Height,
            info.Shape.Width,
            info.HasSoftLabels,
            [.. info.Classes.Zip(classes, (name, images) => new ClassCount(name, images))],
            channels.Means,
            channels.Deviations,
            constant,
            duplicates.Result);
    }

    /// <summary>Whether all pixels are equal: the image equals itself moved on by one pixel.</summary>
    private static bool IsConstant(ReadOnlySpan<byte> image) =>
        image[ImageShape.Channels..].SequenceEqual(image[..^ImageShape.Channels]);
}
