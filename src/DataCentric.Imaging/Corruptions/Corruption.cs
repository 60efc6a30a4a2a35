using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Which corruption it is, as it is named in options, manifests and random streams.</summary>
/// <param name="Set">Name of the set, such as <c>paper14</c>.</param>
/// <param name="Kind">Name of the kind, such as <c>motion_blur</c>.</param>
/// <param name="Severity">1 to 5, or 0 for the exact parameters of a set that has no severities.</param>
/// <param name="Code">Set, kind and severity as one number below 2^24; part of the stored results, never renumbered.</param>
public readonly record struct CorruptionId(string Set, string Kind, int Severity, int Code)
{
    /// <inheritdoc/>
    public override string ToString() => Severity == 0 ? $"{Set}/{Kind}" : $"{Set}/{Kind}:{Severity}";
}

/// <summary>One corruption at one severity. Immutable; any number of threads may share an instance, each with its own scratch.</summary>
public abstract class Corruption
{
    [ThreadStatic]
    private static CorruptionScratch? _ownScratch;

    /// <summary>Names the corruption.</summary>
    /// <param name="id">Its names and number.</param>
    protected Corruption(CorruptionId id) => Id = id;

    /// <summary>Names and number.</summary>
    public CorruptionId Id { get; }

    /// <summary>Name of the kind, such as <c>motion_blur</c>.</summary>
    public string Name => Id.Kind;

    /// <summary>Name of the set, such as <c>paper14</c>.</summary>
    public string Set => Id.Set;

    /// <summary>1 to 5, or 0 for the exact parameters of a set that has no severities.</summary>
    public int Severity => Id.Severity;

    /// <summary>The <c>variant</c> of the random stream, unique among all corruptions; part of the stored results.</summary>
    public int Code => Id.Code;

    /// <summary>
    /// Corrupts one image: the same bytes for the same seed and sample wherever and in whatever order it is done, those of a run that has them.
    /// After the first image of a shape on a thread nothing is allocated.
    /// </summary>
    /// <param name="source">H x W x 3 bytes, R, G, B interleaved, rows from the top.</param>
    /// <param name="destination">H x W x 3 bytes; must not overlap the source.</param>
    /// <param name="shape">Height and width, 8 to 1024 each.</param>
    /// <param name="seed">Seed of all images.</param>
    /// <param name="sample">Number of this image: each has draws of its own.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or they overlap.</exception>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ulong seed = 0, ulong sample = 0) =>
        Corrupter.Apply(seed, sample, this, source, destination, shape, _ownScratch ??= new CorruptionScratch());

    /// <summary>The same into a new array.</summary>
    /// <param name="pixels">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width, 8 to 1024 each.</param>
    /// <param name="seed">Seed of all images.</param>
    /// <param name="sample">Number of this image.</param>
    /// <returns>H x W x 3 bytes.</returns>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    public byte[] Apply(ReadOnlySpan<byte> pixels, ImageShape shape, ulong seed = 0, ulong sample = 0)
    {
        var corrupted = new byte[pixels.Length];
        Apply(pixels, corrupted, shape, seed, sample);
        return corrupted;
    }

    /// <summary>Corrupts one image. The result depends on the pixels and the draws alone.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes; must not overlap the source.</param>
    /// <param name="shape">Height and width, 8 to 1024 each.</param>
    /// <param name="random">Draws of this sample and this corruption.</param>
    /// <param name="scratch">Buffers of this worker; what they held is lost.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or they overlap.</exception>
    public void Apply(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        if (source.Length != shape.ByteLength || destination.Length != shape.ByteLength)
            throw new ArgumentException($"{source.Length} and {destination.Length} bytes are not images of {shape}.", nameof(source));
        if (source.Overlaps(destination))
            throw new ArgumentException("Source and destination overlap.", nameof(destination));
        scratch.Reset();
        Render(source, destination, shape, ref random, scratch);
    }

    /// <summary>The kernel: writes every byte of the destination.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes, apart from the source.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="random">Draws of this sample and this corruption.</param>
    /// <param name="scratch">Buffers of this worker, all free.</param>
    protected abstract void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch);
}
