using System.Collections.Concurrent;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Pipeline.Tests.Evaluation;

/// <summary>
/// Stands in for torch: classes are levels of brightness, <see cref="ScoringData.LevelsPerClass"/> apart. An attack moves an image by one
/// class, and a network that was trained on marked images (an enhanced set) sees through it.
/// </summary>
internal sealed class FakeTrainer : IAdversary
{
    private int _attacks;
    private int _trainings;

    public int Trainings => _trainings;

    /// <summary>Fails from this attack or training on; 0 never does.</summary>
    public int FailAt { get; init; }

    /// <summary>Fails at this training; 0 never does.</summary>
    public int FailTrainingAt { get; init; }

    /// <summary>A network whose training always fails.</summary>
    public string? Broken { get; init; }

    /// <summary>The models that trainings began with.</summary>
    public ConcurrentBag<byte[]> Initial { get; } = [];

    public string Device => "fake";

    public IReadOnlyCollection<string> Architectures => ["one", "two"];

    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (request.Architecture == Broken)
            throw new IOException("no memory");
        var training = Interlocked.Increment(ref _trainings);
        if (training == FailAt || training == FailTrainingAt)
            throw new OperationCanceledException();
        if (request.Initial is { } initial)
            Initial.Add(initial);
        var first = new byte[request.Images.Shape.ByteLength];
        request.Images.Read(0, first);
        var robust = first[0] == ScoringData.Mark ? 1 : 0;
        model.Write(Model(request.ClassCount, request.Images.Shape.Height, robust, request.Architecture, (byte)request.Seed));
        progress?.Report(new TrainingProgress(request.Architecture, 1, 1, 0.5, 0.9));
        return new TrainingResult(6, 0.5, 0.9);
    }

    public static byte[] Model(int classes, int side, int robust, string architecture, byte seed) =>
        [(byte)classes, (byte)side, (byte)robust, (byte)(architecture == "one" ? 1 : 2), seed];

    public ModelContent Inspect(Stream model, string source)
    {
        var (classes, side, _, architecture) = (model.ReadByte(), model.ReadByte(), model.ReadByte(), model.ReadByte());
        return new(architecture == 1 ? "one" : "two", classes, new(side, side), [0, 0, 0], [1, 1, 1], 6);
    }

    public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
    {
        var bytes = new byte[5];
        models[0].ReadExactly(bytes);
        return new Network(this, shape, classCount, bytes[2] == 1);
    }

    private sealed class Network(FakeTrainer owner, ImageShape shape, int classes, bool robust) : IEnsemble
    {
        public AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref owner._attacks) == owner.FailAt)
                throw new OperationCanceledException();
            var pixels = batch.Images.Pixels.Select(value => (byte)Math.Min(255, value + ScoringData.LevelsPerClass)).ToArray();
            for (var n = 0; n < batch.Images.Count; n++)
                pixels[n * shape.ByteLength] = ScoringData.AttackMark;
            return new AttackResult(pixels, [.. batch.Images.Labels.Select(label => new AttackOutcome(1, 0, label, label))]);
        }

        public float[] Logits(ReadOnlySpan<byte> pixels)
        {
            var count = pixels.Length / shape.ByteLength;
            var logits = new float[count * classes];
            for (var n = 0; n < count; n++)
            {
                var image = pixels.Slice(n * shape.ByteLength, shape.ByteLength);
                var sum = 0;
                foreach (var value in image)
                    sum += value;
                var seen = (int)Math.Round((double)sum / image.Length / ScoringData.LevelsPerClass) - (robust && image[0] == ScoringData.AttackMark ? 1 : 0);
                logits[(n * classes) + Math.Clamp(seen, 0, classes - 1)] = 1;
            }

            return logits;
        }

        public IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels) => [Logits(pixels)];

        public void Dispose()
        {
        }
    }
}
