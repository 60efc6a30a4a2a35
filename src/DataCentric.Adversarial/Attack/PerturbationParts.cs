using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>One of the two perturbations: its ball, its step, its present value (N, 3, H, W) on pixels in [0, 1].</summary>
internal abstract class PerturbationPart : IDisposable
{
    private const float Tiny = 1e-30f;

    private readonly Tensor _clean;

    private readonly double _step;

    /// <summary>Starts at a value.</summary>
    /// <param name="clean">Clean images; not disposed.</param>
    /// <param name="radius">Radius of the ball.</param>
    /// <param name="step">Length of a step.</param>
    /// <param name="start">N x H x W x 3 values.</param>
    protected PerturbationPart(Tensor clean, double radius, double step, float[] start)
    {
        (_clean, Radius, _step) = (clean, radius, step);
        using var nhwc = tensor(start, [clean.shape[0], clean.shape[2], clean.shape[3], clean.shape[1]]);
        Value = nhwc.permute(0, 3, 1, 2).to(clean.device).DetachFromDisposeScope();
    }

    /// <summary>The perturbation.</summary>
    public Tensor Value { get; }

    /// <summary>Radius of the ball.</summary>
    public double Radius { get; }

    /// <summary>Steps along a direction by the length of a step.</summary>
    /// <param name="direction">(N, 3, H, W).</param>
    public void Step(Tensor direction)
    {
        using var inside = Inside(Unit(direction).TimesInPlace(_step).PlusInPlace(Value));
        Value.copy_(inside);
    }

    /// <summary>A perturbation projected on the ball, then on the box of pixels: the box only shortens, so both hold.</summary>
    /// <param name="moved">(N, 3, H, W); changed.</param>
    public Tensor Inside(Tensor moved) => Project(moved).PlusInPlace(_clean).ClampInPlace(0, 1).sub_(_clean);

    /// <summary>The step of length 1, in the norm of the ball, that climbs most along a direction.</summary>
    /// <param name="direction">(N, 3, H, W).</param>
    public abstract Tensor Unit(Tensor direction);

    public void Dispose() => Value.Dispose();

    /// <summary>The l2 norm of each sample, (N, 1, 1, 1), never zero.</summary>
    protected static Tensor Norms(Tensor x) => x.mul(x).sum([1, 2, 3], keepdim: true).sqrt_().AtLeastInPlace(Tiny);

    /// <summary>The nearest point of the ball.</summary>
    protected abstract Tensor Project(Tensor moved);
}

/// <summary>The l-infinity part: steps by the sign, each value within ±radius.</summary>
internal sealed class LinfPart(Tensor clean, AttackOptions options, AttackBatch batch)
    : PerturbationPart(clean, options.LinfEpsilon / 255.0, options.LinfStep / 255, Start(options, batch))
{
    private const int Stream = 0;

    public override Tensor Unit(Tensor direction) => direction.sign();

    protected override Tensor Project(Tensor moved) => moved.ClampInPlace(-Radius, Radius);

    private static float[] Start(AttackOptions options, AttackBatch batch)
    {
        var values = new float[batch.Images.Pixels.Length];
        if (options.Start == AttackStart.Zero)
            return values;
        var length = batch.Images.Shape.ByteLength;
        for (var n = 0; n < batch.Images.Count; n++)
        {
            var random = new CounterRandom(batch.RunSeed, batch.SampleKeys[n], RandomStage.AttackStart, Stream);
            for (var i = 0; i < length; i++)
                values[(n * length) + i] = (float)random.Uniform(-options.LinfEpsilon / 255.0, options.LinfEpsilon / 255.0);
        }

        return values;
    }
}

/// <summary>The l2 part: steps of one length, each sample within a ball.</summary>
internal sealed class L2Part(Tensor clean, AttackOptions options, AttackBatch batch)
    : PerturbationPart(clean, options.L2Epsilon, options.L2Step, Start(options, batch))
{
    private const int Stream = 1;

    public override Tensor Unit(Tensor direction) => direction / Norms(direction);

    protected override Tensor Project(Tensor moved) => moved.mul_(Norms(moved).reciprocal_().TimesInPlace(Radius).AtMostInPlace(1));

    // Uniform in the ball of d dimensions: a normal direction, and radius u^(1/d) (Muller 1959).
    private static float[] Start(AttackOptions options, AttackBatch batch)
    {
        var values = new float[batch.Images.Pixels.Length];
        if (options.Start == AttackStart.Zero)
            return values;
        var length = batch.Images.Shape.ByteLength;
        for (var n = 0; n < batch.Images.Count; n++)
        {
            var random = new CounterRandom(batch.RunSeed, batch.SampleKeys[n], RandomStage.AttackStart, Stream);
            var sample = values.AsSpan(n * length, length);
            var squares = 0.0;
            foreach (ref var value in sample)
            {
                value = (float)random.Normal();
                squares += value * value;
            }

            var scale = (float)(options.L2Epsilon * Math.Pow(random.NextDouble(), 1.0 / length) / Math.Sqrt(squares));
            foreach (ref var value in sample)
                value *= scale;
        }

        return values;
    }
}
