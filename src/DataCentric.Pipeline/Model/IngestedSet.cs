namespace DataCentric.Pipeline.Model;

/// <summary>The canonical set, as a reference.</summary>
/// <param name="InputHash">SHA-256 over names, lengths and bytes of the source files, lower-case hex.</param>
/// <param name="Count">Samples taken.</param>
/// <param name="Shape">Shape of every image.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="HasSoftLabels">Whether labels are class probabilities.</param>
public sealed record IngestedSet(string InputHash, int Count, ImageShape Shape, int ClassCount, bool HasSoftLabels)
{
    /// <summary>Most bytes of pixels, or of soft labels, in a shard: a worker holds a shard twice, clean and changed.</summary>
    private const int MostShardBytes = 64 << 20;

    /// <summary>Classes that labels are probabilities of; 0 where labels are plain indexes.</summary>
    [JsonIgnore]
    public int SoftClasses => HasSoftLabels ? ClassCount : 0;

    /// <summary>How many of its images fit into memory at once.</summary>
    [JsonIgnore]
    public int MostInMemory => ImageSet.MostOf(Shape, SoftClasses);

    /// <summary>Samples in a shard: as many as the request wants, or as 64 MB hold where images are large. Attack shards hold whole batches, whatever their size.</summary>
    /// <param name="request">The request of the run.</param>
    public int ShardSizeFor(EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Math.Min(request.ShardSize, Math.Max(1, MostShardBytes / Math.Max(Shape.ByteLength, SoftClasses * sizeof(float))));
    }
}

/// <summary>What a run was asked for and what it was made from. Written last of the input's files: where it fits them, ingest is done.</summary>
/// <param name="Request">The request of the run.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Format">Format of the source, such as <c>cifar-binary</c>.</param>
/// <param name="Available">Samples in the source, before any limit.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
/// <param name="Files">Pixels, sample table, source names.</param>
/// <param name="License">The licence file that lay with the source; null where none did.</param>
internal sealed record InputRecord(
    EnhancementRequest Request,
    IngestedSet Set,
    string Format,
    int Available,
    IReadOnlyList<string> Classes,
    IReadOnlyList<StoredFile> Files,
    LicenseFile? License = null)
{
    /// <summary>Broken pictures that were left out; null where none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LeftOut { get; init; }
}
