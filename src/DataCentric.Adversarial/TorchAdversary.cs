using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Training;

namespace DataCentric.Adversarial;

/// <summary>Training and attack on libtorch. Safe for use by several threads at once; each computes with one torch thread.</summary>
/// <param name="device">Where to compute. Default: on CUDA where there is a device and the build is for it, else on the processor.</param>
public sealed class TorchAdversary(DeviceChoice device = DeviceChoice.Auto) : IAdversary
{
    private readonly Lazy<ComputeDevice> _device = new(() => ComputeDevice.Choose(device));

    /// <inheritdoc/>
    public string Device => TorchRuntime.DeviceName(_device.Value.Torch);

    /// <summary>Why it does not compute where it was asked to, a sentence or two for people; null where it does.</summary>
    public string? Shortfall => _device.Value.Shortfall;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Architectures => Networks.Architectures.Names;

    /// <inheritdoc/>
    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(model);
        return TorchThreads.Run(() =>
        {
            using var trainer = new Trainer(request, _device.Value.Torch);
            return trainer.Run(model, progress, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public ModelContent Inspect(Stream model, string source)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TorchThreads.Run(() =>
        {
            var (network, description) = ModelFile.Read(model, source);
            using (network)
                return description.ContentWith(network);
        });
    }

    /// <inheritdoc/>
    public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new InputException("An ensemble needs at least one model.");
        return TorchThreads.Run(() => LoadAll(models, shape, classCount));
    }

    private Ensemble LoadAll(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
    {
        var surrogates = new List<Surrogate>();
        try
        {
            for (var i = 0; i < models.Count; i++)
                surrogates.Add(LoadOne(models[i], $"Model {i + 1} of {models.Count}", shape, classCount));
        }
        catch
        {
            surrogates.ForEach(surrogate => surrogate.Dispose());
            throw;
        }

        return new Ensemble(surrogates, shape, classCount);
    }

    private Surrogate LoadOne(Stream model, string source, ImageShape shape, int classCount)
    {
        var (network, description) = ModelFile.Read(model, source, _device.Value.Torch);
        if (description.ClassCount == classCount && description.Shape == shape)
            return new(network, description.Statistics);
        network.Dispose();
        throw new InputException($"{source}: trained for {description.ClassCount} classes and images of {description.Shape}; "
            + $"the data set has {classCount} classes and images of {shape}.");
    }
}
