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

    public int AttackedBatches;

    public string Device => "fake";

    public IReadOnlyCollection<string> Architectures => ["fake"];

    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Trainings);
        model.Write([1, 2, 3, (byte)request.Images.Count, (byte)request.Seed, (byte)request.Architecture.Length]);
        progress?.Report(new TrainingProgress(request.Architecture, 1, 1, 0.5, 0.9));
        return new TrainingResult(6, 0.5, 0.9);
    }

    /// <summary>A model that is brought: class count, side, and whatever follows.</summary>
    public ModelContent Inspect(Stream model, string source)
    {
        var (classes, side) = (model.ReadByte(), model.ReadByte());
        return new("fake", classes, new(side, side), [0, 0, 0], [1, 1, 1], model.Length);
    }

    public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount) => new Ensemble(this, classCount);

    private sealed class Ensemble(FakeAdversary owner, int classCount) : IEnsemble
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

        public void Dispose()
        {
        }
    }
}
