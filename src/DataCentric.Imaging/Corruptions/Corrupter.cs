using DataCentric.Images;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Corrupts a sample of a run, so that the bytes depend on run seed, sample, kind and severity alone.</summary>
public static class Corrupter
{
    /// <summary>Corrupts one image with the random stream of its sample.</summary>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="sample">Number of the sample in its source.</param>
    /// <param name="corruption">What is done to it.</param>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes; must not overlap the source.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="scratch">Buffers of this worker.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or they overlap.</exception>
    public static void Apply(
        ulong runSeed,
        ulong sample,
        Corruption corruption,
        ReadOnlySpan<byte> source,
        Span<byte> destination,
        ImageShape shape,
        CorruptionScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(corruption);
        var random = new CounterRandom(runSeed, sample, RandomStage.Corruption, corruption.Code);
        corruption.Apply(source, destination, shape, ref random, scratch);
    }
}
