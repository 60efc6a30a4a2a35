using DataCentric.Imaging.Corruptions.Primitives;

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

    /// <summary>Corrupts many images on several threads; how many changes no byte.</summary>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="samples">Numbers of the N samples in their source.</param>
    /// <param name="pick">The corruption of a sample, such as <see cref="CorruptionMix.Pick(ulong, ulong)"/>; called on any thread.</param>
    /// <param name="source">N x H x W x 3 bytes.</param>
    /// <param name="destination">N x H x W x 3 bytes; must not overlap the source.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="workers">Scratch of each worker, to be kept for the next batch; as many threads run.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, the memories overlap, or there is no worker.</exception>
    public static void ApplyAll(
        ulong runSeed,
        IReadOnlyList<ulong> samples,
        Func<ulong, Corruption> pick,
        ReadOnlyMemory<byte> source,
        Memory<byte> destination,
        ImageShape shape,
        IReadOnlyList<CorruptionScratch> workers)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(pick);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfZero(workers.Count);
        if (source.Length != (long)samples.Count * shape.ByteLength || destination.Length != source.Length)
        {
            throw new ArgumentException(
                $"{source.Length} and {destination.Length} bytes are not {samples.Count} images of {shape}.", nameof(source));
        }

        Parallel.For(0, workers.Count, new ParallelOptions { MaxDegreeOfParallelism = workers.Count }, worker =>
        {
            for (var i = worker; i < samples.Count; i += workers.Count)
            {
                var from = source.Span.Slice(i * shape.ByteLength, shape.ByteLength);
                var to = destination.Span.Slice(i * shape.ByteLength, shape.ByteLength);
                Apply(runSeed, samples[i], pick(samples[i]), from, to, shape, workers[worker]);
            }
        });
    }
}
