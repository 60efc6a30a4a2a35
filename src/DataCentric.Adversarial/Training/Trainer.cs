using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Training;

/// <summary>
/// Empirical risk minimisation of the KL divergence of class probabilities p and softmax output q, as a batch mean: sum p log(p / q) =
/// cross-entropy - entropy of p. The entropy has no gradient and is 0 for class indexes. The result is a function of the request alone.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private readonly TrainingRequest _request;
    private readonly ChannelStatistics _statistics;
    private readonly Network _network;
    private readonly string? _initial;
    private readonly MomentumSgd _optimizer;
    private readonly AugmentedBatches _batches;
    private readonly LearningRateSchedule _schedule;
    private readonly int _epochs;
    private readonly double _entropy;
    private readonly ScalarType _format;

    /// <summary>Prepares a training.</summary>
    /// <param name="request">What to train and on what.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="InputException">Unknown architecture, options out of range, a set that cannot be trained on, or an initial model that does not fit.</exception>
    public Trainer(TrainingRequest request, Device device)
    {
        OptionsCheck.Validated(request.Options with { Architectures = [request.Architecture] });
        Check(request.Images, request.ClassCount);
        TorchRuntime.Prepare();
        _request = request;
        (_network, _statistics, _initial) = InitialNetwork.Make(request, device);
        _network.Enter(Phase.Training);
        _optimizer = new(_network.Parameters, request.Options);
        _batches = new(request.Images, _statistics, request.Options, request.Seed);
        _epochs = request.Options.EpochsFor(request.Images.Count);
        _schedule = new(request.Options.Schedule, request.Options.LearningRate, _epochs * _batches.StepsPerEpoch, _batches.StepsPerEpoch);
        _entropy = EntropyOf(request.Images);
        _format = _network.FormatFor(request.Options.TrainingPrecision);
    }

    /// <summary>Trains to the end and writes the model file.</summary>
    /// <param name="model">Receives the file.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="InputException">The loss is not a number any more.</exception>
    public TrainingResult Run(Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var (loss, accuracy) = (0.0, 0.0);
        var state = _request.Checkpoint is null ? null : new TrainingState(_request, _network, _optimizer);
        for (var epoch = Restore(state); epoch < _epochs; epoch++)
        {
            (loss, accuracy) = RunEpoch(epoch, cancellationToken);
            if (epoch + 1 < _epochs)
                _request.Checkpoint?.Write(stream => state!.Write(stream, epoch + 1));
            progress?.Report(new(_request.Architecture, epoch + 1, _epochs, loss, accuracy));
        }

        _network.Enter(Phase.Evaluation);
        ModelFile.Write(model, _network, new(
            _request.Architecture, _request.ClassCount, _request.Images.Shape, _statistics, _request.Seed, _request.Options)
        {
            StemHalvings = _network.StemHalvings,
            InitialSha256 = _initial,
        });
        return new(_network.ParameterCount, loss, accuracy);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private int Restore(TrainingState? state)
    {
        using var stream = _request.Checkpoint?.OpenRead();
        return stream is null ? 0 : state!.Restore(stream);
    }

    private (double Loss, double Accuracy) RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        var (lossSum, right, step) = (0.0, 0L, epoch * _batches.StepsPerEpoch);
        foreach (var (samples, drawn) in Ahead.Prepare(_batches.Epoch(epoch), samples => (samples, _batches.Draw(samples, epoch))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = _network.Forward(_batches.ToTensor(drawn).to(_format, _network.Device));
            var loss = functional.cross_entropy(logits, Target(samples));
            var value = loss.item<float>();
            if (!float.IsFinite(value))
            {
                throw new InputException($"Training of {_request.Architecture} diverged in epoch {epoch + 1}: its loss is {value}. "
                    + $"A learning rate below {_request.Options.LearningRate} may help.");
            }

            _optimizer.Step(loss, _schedule.At(step++));
            lossSum += value * samples.Length;
            right += logits.argmax(1).eq(Classes(samples)).sum().item<long>();
        }

        return ((lossSum / _request.Images.Count) - _entropy, (double)right / _request.Images.Count);
    }

    private Tensor Target(int[] samples)
    {
        if (_request.Images.SoftLabels is not { } soft)
            return Classes(samples);
        var classes = _request.ClassCount;
        return tensor(samples.SelectMany(n => soft[(n * classes)..((n + 1) * classes)]).ToArray(), [samples.Length, classes], device: _network.Device);
    }

    private Tensor Classes(int[] samples) => tensor(samples.Select(n => (long)_request.Images.Labels[n]).ToArray(), device: _network.Device);

    // Mean over the images of -sum p ln p.
    private static double EntropyOf(ILabelledImages images) =>
        images.SoftLabels is { } soft ? -soft.Where(p => p > 0).Sum(p => p * Math.Log(p)) / images.Count : 0;

    private static void Check(ILabelledImages images, int classCount)
    {
        if (images.Count < 2)
            throw new InputException($"A training set needs at least 2 images; there are {images.Count}.");
        if (classCount < 2)
            throw new InputException($"A classifier needs at least 2 classes; there are {classCount}.");
        for (var n = 0; n < images.Count; n++)
        {
            if ((uint)images.Labels[n] >= (uint)classCount)
                throw new InputException($"{images.SourceIds[n]}: label {images.Labels[n]}; expected 0 to {classCount - 1}.");
        }

        if (images.SoftLabels is { } soft && soft.Length != images.Count * classCount)
            throw new InputException($"{soft.Length / images.Count} label probabilities an image; expected {classCount}, one a class.");
    }
}
