using DataCentric.Adversarial.Models;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>Frozen surrogates, ready to attack and to classify.</summary>
/// <param name="surrogates">At least one; disposed with the ensemble.</param>
/// <param name="shape">Shape of the images.</param>
/// <param name="classCount">Classes of the surrogates.</param>
internal sealed class Ensemble(IReadOnlyList<IClassifier> surrogates, ImageShape shape, int classCount) : IEnsemble
{
    private const int ClassifiedTogether = 64;
    private const double WeightTolerance = 1e-6;

    public AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Check(batch, OptionsCheck.Validated(options));
        var weights = Weights(options);
        return TorchThreads.Run(() => Attack(batch, options, weights, progress, cancellationToken));
    }

    public float[] Logits(ReadOnlySpan<byte> pixels)
    {
        var copy = pixels.ToArray();
        return TorchThreads.Run(() => Logits(copy, EqualWeights()));
    }

    public IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels)
    {
        var copy = pixels.ToArray();
        return TorchThreads.Run<float[][]>(() => [.. surrogates.Select(surrogate => Classify(copy, images => surrogate.Logits(images)))]);
    }

    public void Dispose()
    {
        foreach (var surrogate in surrogates)
            surrogate.Dispose();
    }

    private AttackResult Attack(
        AttackBatch batch, AttackOptions options, double[] weights, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        byte[] stored;
        using (var attack = new EnsembleAttack(surrogates, weights, batch, options, classCount))
            stored = attack.Run(progress, cancellationToken);
        var before = Logits(batch.Images.Pixels, weights);
        var after = Logits(stored, weights);
        return new(stored, [.. Enumerable.Range(0, batch.Images.Count).Select(n =>
        {
            var label = (n * classCount) + batch.Images.Labels[n];
            return new AttackOutcome(before[label], after[label], Prediction(before, n), Prediction(after, n));
        })]);
    }

    private float[] Logits(byte[] pixels, double[] weights) => Classify(pixels, images =>
    {
        var sum = zeros(images.shape[0], classCount, device: images.device);
        for (var f = 0; f < surrogates.Count; f++)
            sum.PlusInPlace(surrogates[f].Logits(images), weights[f]);
        return sum;
    });

    /// <summary>Logits of N images, N x K, some images at a time.</summary>
    private float[] Classify(byte[] pixels, Func<Tensor, Tensor> logitsOf)
    {
        using var frozen = no_grad();
        var count = pixels.Length / shape.ByteLength;
        var logits = new float[count * classCount];
        var together = Math.Min(ClassifiedTogether, surrogates.Min(surrogate => surrogate.MostTogether(shape)));
        for (var first = 0; first < count; first += together)
        {
            using var scope = NewDisposeScope();
            var some = Math.Min(together, count - first);
            var images = Pixels.ToTensor(pixels.AsSpan(first * shape.ByteLength, some * shape.ByteLength), shape, surrogates[0].Device);
            logitsOf(images).cpu().data<float>().CopyTo(logits, first * classCount);
        }

        return logits;
    }

    private int Prediction(float[] logits, int sample)
    {
        var own = logits.AsSpan(sample * classCount, classCount);
        var best = 0;
        for (var k = 1; k < classCount; k++)
            best = own[k] > own[best] ? k : best;
        return best;
    }

    private double[] EqualWeights() => [.. surrogates.Select(_ => 1.0 / surrogates.Count)];

    private double[] Weights(AttackOptions options)
    {
        if (options.EnsembleWeights is not { } given)
            return EqualWeights();
        if (given.Count != surrogates.Count || Math.Abs(given.Sum() - 1) > WeightTolerance)
            throw new InputException($"EnsembleWeights: {given.Count} weights with sum {given.Sum():g6}; expected {surrogates.Count} with sum 1.");
        return [.. given];
    }

    private void Check(AttackBatch batch, AttackOptions options)
    {
        if (batch.Images.Shape != shape)
            throw new InputException($"The batch has images of {batch.Images.Shape}; the surrogates were loaded for {shape}.");
        if (batch.SampleKeys.Count != batch.Images.Count)
            throw new ArgumentException($"{batch.SampleKeys.Count} keys for {batch.Images.Count} images.", nameof(batch));
        if (options.LinfEpsilon == 0 && options.L2Epsilon == 0)
            throw new InputException("AttackOptions: both radii are 0; at least one must be above 0.");
        if (batch.Images.Labels.FirstOrDefault(label => (uint)label >= (uint)classCount, -1) is var wrong and not -1)
            throw new InputException($"The batch has label {wrong}; expected 0 to {classCount - 1}.");
    }
}
