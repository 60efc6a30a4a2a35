using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Training;
using DataCentric.Attacks;
using DataCentric.Images;

namespace DataCentric.Adversarial;

/// <summary>Training and attack on libtorch. Safe for use by several threads at once; each computes with one torch thread.</summary>
public sealed class TorchAdversary : IAdversary
{
    /// <inheritdoc/>
    public string Device => TorchRuntime.Device;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Architectures => Networks.Architectures.Names;

    /// <inheritdoc/>
    public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(model);
        return TorchThreads.Run(() =>
        {
            using var trainer = new Trainer(request);
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

    private static Ensemble LoadAll(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
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

    private static Surrogate LoadOne(Stream model, string source, ImageShape shape, int classCount)
    {
        var (network, description) = ModelFile.Read(model, source);
        if (description.ClassCount == classCount && description.Shape == shape)
            return new(network, description.Statistics);
        network.Dispose();
        throw new InputException($"{source}: trained for {description.ClassCount} classes and images of {description.Shape}; "
            + $"the data set has {classCount} classes and images of {shape}.");
    }
}
