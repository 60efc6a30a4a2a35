using System.Collections.Concurrent;
using System.Security.Cryptography;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>
/// Stands in for torch: models are a few bytes, an attack adds a pattern within the budget. The pattern depends on every image of the
/// batch, as floating point may, so a result that stayed the same although batches changed their members would be luck.
/// </summary>
internal sealed class FakeAdversary : IAdversary
{
    public int Trainings;

    /// <summary>The images of each training: the file that they are in, how many, and a hash of their pixels.</summary>
    public readonly ConcurrentBag<(string Path, int Count, string Sha256)> TrainedOn = [];

    public int AttackedBatches;

    /// <summary>Batches that were classified, once for each time.</summary>
    public int ScoredBatches;

    /// <summary>Whether training ends in other weights than it did before.</summary>
    public bool TrainsOtherwise { get; init; }

    public string Device => "fake";

    public IReadOnlyCollection<string> Architectures => ["fake", "fake2", "another"];

    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Trainings);
        TrainedOn.Add((((ImageFile)request.Images).Path, request.Images.Count, HashOf(request.Images)));
        model.Write([1, 2, 3, (byte)request.Images.Count, (byte)request.Seed, (byte)request.Architecture.Length]);
        model.Write(request.Initial);
        if (TrainsOtherwise)
            model.WriteByte(1);
        progress?.Report(new TrainingProgress(request.Architecture, 1, 1, 0.5, 0.9));
        return new TrainingResult(6, 0.5, 0.9);
    }

    /// <summary>A model that is brought: class count, side, and whatever follows.</summary>
    public ModelContent Inspect(Stream model, string source)
    {
        var (classes, side) = (model.ReadByte(), model.ReadByte());
        return new("fake", classes, new(side, side), [0, 0, 0], [1, 1, 1], model.Length);
    }

    public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount) =>
        new Ensemble(this, shape, classCount, [.. models.Select(model => NumberOf(model))]);

    public static string HashOf(ILabelledImages images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var image = new byte[images.Shape.ByteLength];
        for (var n = 0; n < images.Count; n++)
        {
            images.Read(n, image);
            hash.AppendData(image);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A number by the bytes of a model.</summary>
    private static uint NumberOf(Stream model)
    {
        var sum = 0u;
        for (var value = model.ReadByte(); value >= 0; value = model.ReadByte())
            sum = (31 * sum) + (uint)value;
        return sum;
    }

    private sealed class Ensemble(FakeAdversary owner, ImageShape shape, int classCount, uint[] networks) : IEnsemble
    {
        public AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Interlocked.Increment(ref owner.AttackedBatches);
            var pattern = batch.Images.Pixels.Aggregate(17u, (sum, value) => (sum * 31) + value);
            var pixels = batch.Images.Pixels.Select((value, i) => (byte)Math.Clamp(value + (int)((pattern >> (i % 20)) % 17) - 8, 0, 255)).ToArray();
            progress?.Report(options.TotalIterations);
            return new AttackResult(pixels, [.. batch.Images.Labels.Select(label => new AttackOutcome(5, -5, label, (label + 1) % classCount))]);
        }

        public float[] Logits(ReadOnlySpan<byte> pixels) => new float[classCount];

        /// <summary>Logits of 0 to 4 by the hash of network and image, and a little by the batch.</summary>
        public IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels)
        {
            Interlocked.Increment(ref owner.ScoredBatches);
            var batch = pixels.ToArray();
            var trace = Hash(17, batch) % 64 / 1000f;
            return [.. networks.Select(network => batch.Chunk(shape.ByteLength).SelectMany(image => LogitsOf(Hash(network, image), trace)).ToArray())];
        }

        private IEnumerable<float> LogitsOf(uint hash, float trace) =>
            Enumerable.Range(0, classCount).Select(k => (((hash * (2654435761u + (2 * (uint)k))) >> 16) % 1024 / 256f) + (k * trace));

        private static uint Hash(uint seed, byte[] bytes) => bytes.Aggregate(seed, (sum, value) => (sum * 31) + value);

        public void Dispose()
        {
        }
    }
}
