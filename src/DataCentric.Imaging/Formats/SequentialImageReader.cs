namespace DataCentric.Imaging.Formats;

/// <summary>What every reader has in common: the place in the source, the end, and the arrays of one batch.</summary>
/// <param name="info">What is known of the set.</param>
internal abstract class SequentialImageReader(ImageSetInfo info) : IImageReader
{
    private const int ShownClasses = 10;

    private readonly int[] _counts = new int[info.Classes.Count];
    private int _read;

    public ImageSetInfo Info => info;

    public virtual IReadOnlyList<string> Remarks => _read < Info.Count ? [] : EmptyClasses();

    /// <summary>Number of the next image, 0 to Info.Count.</summary>
    protected int Position { get; private set; }

    public ImageSet Read(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        count = Math.Min(count, Info.Count - Position);
        if ((long)count * Info.Shape.ByteLength > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A batch of {Info.Shape} images must stay below 2 GiB.");
        var pixels = new byte[count * Info.Shape.ByteLength];
        var labels = new int[count];
        var sourceIds = new string[count];
        var softLabels = Info.HasSoftLabels ? new float[count * Info.Classes.Count] : null;
        if (count > 0)
            Fill(pixels, labels, sourceIds, softLabels);
        Counted(labels);
        Passed(count);
        return new ImageSet(Info.Shape, pixels, labels, sourceIds, softLabels);
    }

    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        count = Math.Min(count, Info.Count - Position);
        if (count > 0)
            Leave(count);
        Position += count;
    }

    /// <summary>Closes the source.</summary>
    public abstract void Dispose();

    /// <summary>Counts labels of images that were read.</summary>
    protected void Counted(IEnumerable<int> labels)
    {
        foreach (var label in labels)
            _counts[label]++;
    }

    /// <summary>Moves <see cref="Position"/> past images that were read, or found to be broken.</summary>
    protected void Passed(int count)
    {
        Position += count;
        _read += count;
    }

    /// <summary>Reads the images from <see cref="Position"/> on; as many as there are labels, all of which exist.</summary>
    /// <param name="pixels">Receives N x H x W x 3 bytes.</param>
    /// <param name="labels">Receives N class indexes.</param>
    /// <param name="sourceIds">Receives N names.</param>
    /// <param name="softLabels">Receives N x K probabilities; empty where labels are hard.</param>
    protected abstract void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels);

    /// <summary>Moves the source past images, all of which exist, without decoding them.</summary>
    /// <param name="count">How many, at least 1.</param>
    protected abstract void Leave(int count);

    /// <summary>Labels that count from 1, or have a number for "ignore", look like a class too many; nothing else shows it.</summary>
    private string[] EmptyClasses()
    {
        string[] empty = [.. Info.Classes.Where((_, label) => _counts[label] == 0)];
        if (empty.Length == 0)
            return [];
        var more = empty.Length > ShownClasses ? $" and {empty.Length - ShownClasses} more" : "";
        return
        [
            $"{empty.Length} of {Info.Classes.Count} classes {(empty.Length == 1 ? "has" : "have")} no image: {string.Join(", ", empty.Take(ShownClasses))}{more}. "
            + "Labels stay as they are, and networks have an output for each class.",
        ];
    }
}
