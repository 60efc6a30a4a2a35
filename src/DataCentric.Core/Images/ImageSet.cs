namespace DataCentric.Images;

/// <summary>Some images of one shape in memory: pixels, labels and where each came from. A whole data set, or one batch of it.</summary>
public sealed class ImageSet : ILabelledImages
{
    /// <summary>Most bytes of pixels, or of soft labels, of one set in memory: what an array holds, and room for the header of a file.</summary>
    private const int MostBytes = int.MaxValue - 65_536;

    /// <summary>Wraps the arrays; they are not copied.</summary>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="pixels">N x H x W x 3 bytes, row-major, RGB interleaved.</param>
    /// <param name="labels">N class indexes, 0-based.</param>
    /// <param name="sourceIds">N names that lead back to the source record, such as <c>data_batch_1.bin#17</c> or <c>cat/0001.png</c>.</param>
    /// <param name="softLabels">N x K class probabilities, row-major, or null when labels are plain indexes.</param>
    /// <exception cref="ArgumentException">The arrays do not agree in length.</exception>
    public ImageSet(ImageShape shape, byte[] pixels, int[] labels, string[] sourceIds, float[]? softLabels = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(sourceIds);
        if (pixels.LongLength != (long)labels.Length * shape.ByteLength)
            throw new ArgumentException($"{pixels.LongLength} bytes are not {labels.Length} images of {shape}.", nameof(pixels));
        if (sourceIds.Length != labels.Length)
            throw new ArgumentException($"{sourceIds.Length} source ids for {labels.Length} labels.", nameof(sourceIds));
        if (softLabels is not null && (labels.Length == 0 ? softLabels.Length != 0 : softLabels.Length % labels.Length != 0))
            throw new ArgumentException($"{softLabels.Length} soft label values for {labels.Length} labels.", nameof(softLabels));
        (Shape, Pixels, Labels, SourceIds, SoftLabels) = (shape, pixels, labels, sourceIds, softLabels);
    }

    /// <summary>Shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>N x H x W x 3 bytes.</summary>
    public byte[] Pixels { get; }

    /// <summary>N class indexes; where labels are soft, the index of the largest probability.</summary>
    public int[] Labels { get; }

    /// <summary>N names that lead back to the source records.</summary>
    public string[] SourceIds { get; }

    /// <summary>N x K class probabilities, or null when the source holds plain class indexes.</summary>
    public float[]? SoftLabels { get; }

    /// <summary>How many images one set in memory can hold.</summary>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="softClasses">Classes that labels are probabilities of; 0 where labels are plain indexes.</param>
    public static int MostOf(ImageShape shape, int softClasses = 0) => Math.Min(MostBytes / shape.ByteLength, MostLabels(softClasses));

    /// <summary>How many labels can be held in memory, wherever the pixels are.</summary>
    /// <param name="softClasses">Classes that labels are probabilities of; 0 where labels are plain indexes.</param>
    public static int MostLabels(int softClasses) => (int)(MostBytes / (16 + ((long)softClasses * sizeof(float))));

    /// <summary>The bytes of image <paramref name="index"/>: H x W x 3.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public Span<byte> Image(int index) => Pixels.AsSpan(index * Shape.ByteLength, Shape.ByteLength);

    /// <inheritdoc/>
    public void Read(int index, Span<byte> image) => Image(index).CopyTo(image);
}
