using DataCentric.Adversarial.Models;
using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// The transferable ensemble attack on one batch (eq. 0-6): both perturbations start from the clean images and never see each other;
/// they are only computed side by side, as one batch of twice the size.
/// </summary>
internal sealed class EnsembleAttack : IDisposable
{
    private readonly IReadOnlyList<IClassifier> _surrogates;
    private readonly AttackOptions _options;
    private readonly AttackBatch _batch;
    private readonly double[] _weights;
    private readonly ScalarType[] _formats;
    private readonly Tensor _clean;
    private readonly Tensor _labels;
    private readonly List<ISteps> _steps = [];
    private readonly Tensor _losses;
    private readonly GradientMomentum _momentum;
    private readonly PassSize[] _passes;
    private int _done;

    /// <summary>Prepares the attack.</summary>
    /// <param name="surrogates">Frozen surrogates; not disposed.</param>
    /// <param name="weights">Weight of each surrogate's logits.</param>
    /// <param name="batch">Images to attack, at least one.</param>
    /// <param name="options">Switches, at least one radius above zero.</param>
    /// <param name="classCount">Number of classes, K.</param>
    /// <exception cref="InputException">The loss needs more classes.</exception>
    public EnsembleAttack(IReadOnlyList<IClassifier> surrogates, double[] weights, AttackBatch batch, AttackOptions options, int classCount)
    {
        if (options.LossProblem(classCount) is { } problem)
            throw new InputException(problem);
        (_surrogates, _weights, _batch, _options) = (surrogates, weights, batch, options);
        _formats = [.. surrogates.Select(surrogate => surrogate.FormatFor(options.Precision))];
        using var scope = NewDisposeScope();
        _clean = Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape, surrogates[0].Device).DetachFromDisposeScope();
        if (options.LinfEpsilon > 0)
            _steps.Add(StepsOf(new LinfPart(_clean, options, batch)));
        if (options.L2Epsilon > 0)
            _steps.Add(StepsOf(new L2Part(_clean, options, batch)));
        var labels = batch.Images.Labels.Select((label, n) => options.Loss == AttackLoss.TargetLogit ? Target(label, batch.RunSeed, batch.SampleKeys[n], classCount) : (long)label);
        _labels = tensor(_steps.SelectMany(_ => labels).ToArray(), device: _clean.device).unsqueeze(1).DetachFromDisposeScope();
        _momentum = new(options, Perturbed());
        _losses = zeros(_labels.shape[0], device: _clean.device).DetachFromDisposeScope();
        _passes = [.. surrogates.Select(surrogate => new PassSize(_steps.Count * batch.Images.Count, surrogate.MostTogether(batch.Images.Shape)))];
    }

    /// <summary>Runs all iterations.</summary>
    /// <param name="progress">Told the iterations done, counted for each part.</param>
    /// <param name="cancellationToken">Looked at before each surrogate.</param>
    /// <returns>N x H x W x 3 bytes, within the budget.</returns>
    public byte[] Run(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        while (_done < _options.Iterations)
        {
            Iterate(cancellationToken);
            progress?.Report(_done * _steps.Count);
        }

        return Stored(_options);
    }

    /// <summary>Runs the next iteration.</summary>
    /// <param name="cancellationToken">Looked at before each surrogate.</param>
    public void Iterate(CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var direction = _momentum.Add(Gradient(Perturbed(), _done, cancellationToken));
        using var frozen = no_grad();
        for (var part = 0; part < _steps.Count; part++)
        {
            var (first, count) = (part * _batch.Images.Count, _batch.Images.Count);
            _steps[part].Step(direction.narrow(0, first, count), _losses.narrow(0, first, count));
        }

        _done++;
    }

    /// <summary>The images as they are attacked by now.</summary>
    /// <param name="budget">The options of the attack, or these with one of the parts left out.</param>
    /// <returns>N x H x W x 3 bytes, within the budget.</returns>
    public byte[] Stored(AttackOptions budget)
    {
        var images = _batch.Images;
        var length = images.Shape.ByteLength;
        var linf = budget.LinfEpsilon > 0 ? Perturbation<LinfPart>() : new float[images.Pixels.Length];
        var l2 = budget.L2Epsilon > 0 ? Perturbation<L2Part>() : new float[images.Pixels.Length];
        var stored = new byte[images.Pixels.Length];
        var projection = new IntegerProjection(budget);
        for (var n = 0; n < images.Count; n++)
        {
            var (start, end) = (n * length, (n + 1) * length);
            projection.Project(images.Image(n), linf.AsSpan()[start..end], l2.AsSpan()[start..end], stored.AsSpan()[start..end]);
        }

        return stored;
    }

    /// <summary>One of the two perturbations as it is by now.</summary>
    /// <returns>N x H x W x 3 values on pixels in [0, 1]; all zero when the part is off.</returns>
    public float[] Perturbation<T>()
        where T : PerturbationPart
    {
        if (_steps.Find(steps => steps.Part is T) is not { } found)
            return new float[_batch.Images.Pixels.Length];
        using var scope = NewDisposeScope();
        return found.Best.permute(0, 2, 3, 1).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>The class that a sample is led to: another than its own, each with the same chance.</summary>
    /// <param name="label">Its own class.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="key">Key of the sample.</param>
    /// <param name="classCount">Number of classes, at least 2.</param>
    public static long Target(int label, ulong runSeed, ulong key, int classCount) =>
        (label + 1 + new CounterRandom(runSeed, key, RandomStage.AttackTarget).Below(classCount - 1)) % classCount;

    public void Dispose()
    {
        _steps.ForEach(steps => steps.Dispose());
        _losses.Dispose();
        _momentum.Dispose();
        _labels.Dispose();
        _clean.Dispose();
    }

    private ISteps StepsOf(PerturbationPart part) => _options.StepRule == StepRule.Apgd ? new AutomaticSteps(part, _options.Iterations) : new FixedSteps(part);

    private Tensor Perturbed() => cat([.. _steps.Select(steps => _clean.Plus(steps.Part.Value))]);

    // Gradient of J, which is a sum over surrogates (AttackLoss), so one surrogate's graph is alive at a time.
    private Tensor Gradient(Tensor perturbed, int iteration, CancellationToken cancellationToken)
    {
        var sum = zeros_like(perturbed);
        _losses.zero_();
        var copies = _options.DiversityCopies ?? 1;
        for (var f = 0; f < _surrogates.Count; f++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var draw = InputVariation.Draw(_options, _batch.RunSeed, iteration, f, copy, _batch.Images.Shape);
                _passes[f].Run((first, count) => AddGradient(sum, perturbed, f, draw, iteration, first, count));
            }
        }

        return sum;
    }

    private void AddGradient(Tensor sum, Tensor perturbed, int f, IInputVariation? draw, int iteration, int first, int count)
    {
        using var scope = NewDisposeScope();
        var input = perturbed.narrow(0, first, count).detach().requires_grad_(true);
        var logits = _surrogates[f].Logits(draw?.Apply(input) ?? input, _formats[f]);
        var losses = AttackLosses.Of(_options.Loss, logits, _labels.narrow(0, first, count));
        var share = _weights[f] / (_options.DiversityCopies ?? 1);
        var loss = losses.sum().Times(share);
        if (!float.IsFinite(loss.item<float>()))
            throw new InputException($"Surrogate {f + 1} gives logits that are not numbers, in iteration {iteration + 1}; its model file is broken.");
        sum.narrow(0, first, count).PlusInPlace(Gradients.Of(loss, input)[0]);
        _losses.narrow(0, first, count).PlusInPlace(losses.detach().Times(share));
    }
}
