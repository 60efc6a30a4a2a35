using System.Collections.Concurrent;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Evaluation.TestSets;

/// <summary>The networks that attack test images: imported, or trained on the training data with a seed of their own.</summary>
/// <param name="store">Store of the test sets; trained networks go below <c>attackers/</c>.</param>
/// <param name="adversary">Trains and loads.</param>
/// <param name="observer">Watches epochs.</param>
internal sealed class HeldOutNetworks(IDataStore store, IAdversary adversary, IActivityObserver observer) : IDisposable
{
    /// <summary>Added to the seed, so that no attacker is the surrogate or the scored network of the same architecture and seed.</summary>
    private const ulong SeedOffset = 1_000_000;

    private readonly ModelStore _models = new(store.Below("attackers"), adversary, observer);
    private readonly ConcurrentBag<IEnsemble> _idle = [];
    private DataOutline? _data;
    private (TrainedModel Model, byte[] File)? _raw;

    /// <summary>The networks, in the order of the ensemble.</summary>
    public IReadOnlyList<TrainedModel> Models { get; private set; } = [];

    private List<byte[]> Files { get; } = [];

    /// <summary>Reads the networks that are imported. What is wrong with them is so told before anything is computed.</summary>
    /// <param name="request">Names their files.</param>
    /// <param name="test">What they will attack.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">A file is not a model for these images, or there is nothing to train on.</exception>
    public async Task ReadAsync(TestSetRequest request, LoadedData test, CancellationToken cancellationToken)
    {
        if (request.Attackers.Count == 0 && request.Training.Count == 0)
            throw new InputException("Held-out networks need training data; name a training set, or their model files.");
        KnownNetworks.Require(request.Attackers.Count > 0 ? [] : request.Options.Attackers.Architectures, adversary.Architectures);
        KnownNetworks.Require(request is { Training.Count: > 0, Options.RawNetwork: { } network } ? [network] : [], adversary.Architectures);
        _data = test.Outline;
        var models = new List<TrainedModel>();
        foreach (var path in request.Attackers)
        {
            var (model, bytes) = _models.ReadFile(path, test.Outline);
            models.Add(model);
            Files.Add(bytes);
        }

        Models = models;
    }

    /// <summary>Trains the networks where none are imported, and the one that shows how far a network of the raw set falls.</summary>
    /// <param name="request">Architectures.</param>
    /// <param name="raw">What they are trained on; null where they are imported.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public async Task TrainAsync(TestSetRequest request, LoadedData? raw, CancellationToken cancellationToken)
    {
        if (raw is not null && request.Options.RawNetwork is { } rawNetwork)
            _raw = await TrainAsync("raw", rawNetwork, TrainingPresets.Quick with { TrainingPrecision = TrainingPrecision.Auto }, cancellationToken);
        if (Models.Count > 0 || raw is null)
            return;
        var models = new List<TrainedModel>();
        foreach (var architecture in request.Options.Attackers.Architectures)
        {
            var (model, file) = await TrainAsync(architecture, architecture, request.Options.Attackers, cancellationToken);
            models.Add(model);
            Files.Add(file);
        }

        Models = models;

        async Task<(TrainedModel Model, byte[] File)> TrainAsync(string name, string architecture, SurrogateOptions options, CancellationToken token)
        {
            var job = new TrainingRequest(
                architecture, raw.Images, raw.Outline.Classes.Count, request.Options.Seed + SeedOffset, options with { Architectures = [architecture] });
            var model = await _models.FindOrTrainAsync(name, raw.Selection, job, token);
            return (model, await _models.ReadAsync(model, token));
        }
    }

    /// <summary>Tells how strong the attack was.</summary>
    /// <param name="clean">The clean images.</param>
    /// <param name="attacked">The same, attacked.</param>
    /// <param name="attacks">Name of each image's attack.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public AttackStrength Measure(ImageSet clean, ImageSet attacked, IReadOnlyList<string> attacks, CancellationToken cancellationToken)
    {
        var strengths = Models.Zip(Files, (model, file) => StrengthOf(model, file).Strength).ToArray();
        if (_raw is not { } raw)
            return new() { Attackers = strengths };
        var (strength, right) = StrengthOf(raw.Model, raw.File);
        return new()
        {
            Attackers = strengths,
            Raw = strength,
            RawByAttack = attacks.Zip(right).GroupBy(pair => pair.First, pair => pair.Second).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => Classification.Percent([.. group])),
        };

        (NetworkStrength Strength, bool[] Right) StrengthOf(TrainedModel model, byte[] file)
        {
            using var network = adversary.Load([new MemoryStream(file)], _data!.Shape, _data.Classes.Count);
            var right = Classification.Right(network, attacked, _data.Classes.Count, cancellationToken);
            var before = Classification.Right(network, clean, _data.Classes.Count, cancellationToken);
            return (new(model.Architecture, Classification.Percent(before), Classification.Percent(right)), right);
        }
    }

    /// <summary>Attacks one batch; may be called by several threads at once.</summary>
    /// <param name="batch">Clean images.</param>
    /// <param name="options">The attack.</param>
    /// <param name="cancellationToken">Stops within one iteration.</param>
    /// <returns>The attacked pixels.</returns>
    public byte[] Attack(AttackBatch batch, AttackOptions options, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var ensemble))
            ensemble = adversary.Load([.. Files.Select(file => new MemoryStream(file))], _data!.Shape, _data.Classes.Count);
        try
        {
            return ensemble.Attack(batch, options, null, cancellationToken).Pixels;
        }
        finally
        {
            _idle.Add(ensemble);
        }
    }

    public void Dispose()
    {
        foreach (var ensemble in _idle)
            ensemble.Dispose();
    }
}
