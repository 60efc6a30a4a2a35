namespace DataCentric.Imaging.Formats;

/// <summary>Reading chosen records.</summary>
public static class ImageReaderExtensions
{
    private const int BytesAtOnce = 64 << 20;

    /// <summary>Reads chosen records in batches of neighbours; the others are skipped.</summary>
    /// <param name="reader">A reader at its beginning.</param>
    /// <param name="ascending">Numbers of the records, ascending.</param>
    /// <param name="longest">Most records in a batch, at least 1.</param>
    /// <returns>Batches, each with the number of its first record.</returns>
    public static IEnumerable<(int First, ImageSet Images)> ReadBatches(this IImageReader reader, IEnumerable<int> ascending, int longest)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var next = 0;
        foreach (var (first, count) in Runs(ascending, longest))
        {
            reader.Skip(first - next);
            next = first + count;
            yield return (first, reader.Read(count));
        }
    }

    /// <summary>Reads chosen records into memory.</summary>
    /// <param name="reader">A reader at its beginning.</param>
    /// <param name="ascending">Numbers of the records, ascending.</param>
    /// <param name="wayOut">What to do where they are too many, a sentence.</param>
    /// <exception cref="InputException">The chosen records do not fit into memory at once (2 GiB).</exception>
    public static ImageSet ReadSelected(this IImageReader reader, IEnumerable<int> ascending, string wayOut)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var chosen = ascending.ToArray();
        var info = reader.Info;
        if (ImageSet.MostOf(info.Shape, info.HasSoftLabels ? info.Classes.Count : 0) is var most && chosen.Length > most)
            throw new InputException($"{chosen.Length} images of {info.Shape} do not fit into memory at once (2 GiB), {most} do. {wayOut}");
        var pixels = new byte[chosen.Length * info.Shape.ByteLength];
        var (labels, sources) = (new int[chosen.Length], new string[chosen.Length]);
        var soft = info.HasSoftLabels ? new float[chosen.Length * info.Classes.Count] : null;
        var done = 0;
        foreach (var (_, images) in reader.ReadBatches(chosen, Math.Clamp(BytesAtOnce / info.Shape.ByteLength, 1, 1024)))
        {
            images.Pixels.CopyTo(pixels, done * info.Shape.ByteLength);
            images.Labels.CopyTo(labels, done);
            images.SourceIds.CopyTo(sources, done);
            images.SoftLabels?.CopyTo(soft!, done * info.Classes.Count);
            done += images.Count;
        }

        return new ImageSet(info.Shape, pixels, labels, sources, soft);
    }

    /// <summary>Joins neighbours: 3, 4, 5, 9 becomes (3, 3), (9, 1).</summary>
    private static IEnumerable<(int First, int Count)> Runs(IEnumerable<int> ascending, int longest)
    {
        var (first, count) = (0, 0);
        foreach (var index in ascending)
        {
            if (count > 0 && index == first + count && count < longest)
            {
                count++;
                continue;
            }

            if (count > 0)
                yield return (first, count);
            (first, count) = (index, 1);
        }

        if (count > 0)
            yield return (first, count);
    }
}
