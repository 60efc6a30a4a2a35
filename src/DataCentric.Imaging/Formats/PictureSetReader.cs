using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// What readers of encoded pictures have in common: pictures are decoded by several threads, and must come out in one size; broken ones can be left
/// out one by one.
/// </summary>
/// <param name="info">What is known of the set.</param>
/// <param name="decoder">Decodes.</param>
/// <param name="measured">The picture that the shape was measured on, for messages.</param>
internal abstract class PictureSetReader(ImageSetInfo info, PictureDecoder decoder, string measured) : SequentialImageReader(info), IImageReader
{
    // A thread holds a whole photograph, some hundred megabytes where it is large.
    internal static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = Math.Min(8, Environment.ProcessorCount) };

    public override IReadOnlyList<string> Remarks => [.. decoder.Statistics.Remarks, .. base.Remarks];

    public PictureStatistics? Pictures => decoder.Statistics;

    public ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken)
    {
        var (pixels, labels, sources, soft) = (new List<byte[]>(), new List<int>(), new List<string>(), new List<float>());
        while (labels.Count < count && Position < Info.Count)
        {
            var pictures = Next(Math.Min(count - labels.Count, Info.Count - Position));
            var results = Decode(pictures);
            for (var i = 0; i < pictures.Count; i++)
            {
                if (results[i] is { Rgb: { } rgb })
                {
                    pixels.Add(rgb);
                    labels.Add(pictures[i].Label);
                    sources.Add(pictures[i].SourceId);
                    soft.AddRange(pictures[i].Probabilities ?? []);
                }
                else
                {
                    broken.Add(new(pictures[i].SourceId, results[i].Error!.Message, results[i].IsOtherSize ? pictures[i].Label : null));
                }
            }

            Passed(pictures.Count);
        }

        Counted(labels.Concat(broken.Select(image => image.Label).OfType<int>()));
        return new(Info.Shape, [.. pixels.SelectMany(image => image)], [.. labels], [.. sources], Info.HasSoftLabels ? [.. soft] : null);
    }

    /// <summary>The next pictures in the order of the set; they exist.</summary>
    /// <param name="count">How many, at least 1.</param>
    protected abstract IReadOnlyList<EncodedPicture> Next(int count);

    /// <summary>The size of the first picture that can be read, and where it lies; where none can, what is wrong with the first.</summary>
    /// <exception cref="InputException">None can be read.</exception>
    protected static (ImageShape Shape, string Place) Measure(IEnumerable<EncodedPicture> pictures, PictureDecoder decoder)
    {
        InputException? first = null;
        foreach (var picture in pictures)
        {
            try
            {
                return (decoder.Measure(picture.Read(), picture.Place), picture.Place);
            }
            catch (InputException e)
            {
                first ??= e;
            }
        }

        throw first!;
    }

    /// <summary>What can be done about a broken picture, a sentence after a blank; empty where nothing but mending it helps.</summary>
    protected virtual string WayOnWithout => "";

    /// <summary>Sizes that occur, for the message that they should be one; empty where nobody looked.</summary>
    protected virtual string SizesFound() => "";

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        var pictures = Next(labels.Length);
        var results = Decode(pictures);
        for (var i = 0; i < pictures.Count; i++)
        {
            if (results[i].IsOtherSize)
                throw new InputException($"{results[i].Error!.Message}; expected images of one size.{SizesFound()} Bring all to one by --resize, such as --resize 224.");
            if (results[i].Rgb is not { } rgb)
                throw results[i].Error is BrokenImageException broken ? new InputException($"{broken.Message}{WayOnWithout}") : results[i].Error!;
            rgb.CopyTo(pixels[(i * Info.Shape.ByteLength)..]);
            (labels[i], sourceIds[i]) = (pictures[i].Label, pictures[i].SourceId);
            pictures[i].Probabilities?.CopyTo(softLabels[(i * Info.Classes.Count)..]);
        }
    }

    private Result[] Decode(IReadOnlyList<EncodedPicture> pictures)
    {
        var results = new Result[pictures.Count];
        Parallel.For(0, pictures.Count, Threads, i => results[i] = Decode(pictures[i]));
        return results;
    }

    private Result Decode(EncodedPicture picture)
    {
        try
        {
            var (rgb, shape) = decoder.Decode(picture.Read(), picture.Place);
            return shape == Info.Shape ? new(rgb, null) : new(null, OtherSize(picture, shape), IsOtherSize: true);
        }
        catch (InputException e)
        {
            return new(null, e);
        }
    }

    private InputException OtherSize(EncodedPicture picture, ImageShape shape) => new($"{picture.Place}: is {shape}, but {measured} is {Info.Shape}");

    private readonly record struct Result(byte[]? Rgb, InputException? Error, bool IsOtherSize = false);
}

/// <summary>A picture that is still encoded.</summary>
/// <param name="SourceId">Leads back to the source record.</param>
/// <param name="Place">Where it lies, for messages.</param>
/// <param name="Label">Class index.</param>
/// <param name="Read">Gives the bytes of the file; may be called by another thread.</param>
/// <param name="Probabilities">A probability for each class where the set has soft labels, else null.</param>
internal sealed record EncodedPicture(string SourceId, string Place, int Label, Func<byte[]> Read, float[]? Probabilities = null);
