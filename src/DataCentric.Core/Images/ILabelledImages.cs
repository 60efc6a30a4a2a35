namespace DataCentric.Images;

/// <summary>Some images of one shape with their labels, whose pixels are read one image at a time: from memory or from a file.</summary>
public interface ILabelledImages
{
    /// <summary>Shape of every image.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of images.</summary>
    int Count { get; }

    /// <summary>N class indexes; where labels are soft, the index of the largest probability.</summary>
    int[] Labels { get; }

    /// <summary>N names that lead back to the source records.</summary>
    string[] SourceIds { get; }

    /// <summary>N x K class probabilities, row-major, or null when labels are plain indexes.</summary>
    float[]? SoftLabels { get; }

    /// <summary>Reads the bytes of an image: H x W x 3. May be called by several threads at once.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <param name="image">Receives them; of their length.</param>
    /// <exception cref="IOException">The file cannot be read, or ends too early.</exception>
    void Read(int index, Span<byte> image);
}
