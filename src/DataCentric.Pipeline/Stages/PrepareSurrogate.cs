using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Training;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Finds one surrogate in the model store, or trains it.</summary>
    public static readonly ActivityName<SurrogateInput, TrainedModel> PrepareSurrogate = new("PrepareSurrogate");
}

/// <summary>Input of <see cref="PrepareSurrogateActivity"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Position">Place in the ensemble.</param>
public sealed record SurrogateInput(EnhancementRequest Request, IngestedSet Set, int Position) : StageInput(Request)
{
    /// <summary>Registry name of the network to be trained; null where a model file tells it.</summary>
    [JsonIgnore]
    public string? Architecture => Request.HasModels ? null : Request.Surrogates.Architectures[Position];

    /// <summary>Name in the model store of the network that was imported; null where one is to be trained.</summary>
    [JsonIgnore]
    public string? Imported => Request.SurrogateModels?[Position];

    /// <summary>Name in the model store of the network that training begins with; null where it begins with an untrained one.</summary>
    [JsonIgnore]
    public string? Initial => Request.SurrogateInit?[Position];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Part => $"surrogate {Architecture ?? Imported ?? Initial}";
}

/// <summary>
/// Finds a surrogate in the model store: an imported one by its name; any other by the hash of data, options and the model that its training
/// begins with, or else trains it on the raw set and stores it.
/// </summary>
/// <param name="stores">Where the run and the models lie.</param>
/// <param name="images">Opens the images to train on.</param>
/// <param name="adversary">Trains, and knows model files.</param>
/// <param name="observer">Watches epochs.</param>
/// <param name="logger">Says where a surrogate is trained on less than was asked for.</param>
internal sealed partial class PrepareSurrogateActivity(
    PipelineStores stores, TrainingImages images, IAdversary adversary, IActivityObserver observer, ILogger<PrepareSurrogateActivity> logger)
    : IActivity<SurrogateInput, TrainedModel>
{
    /// <exception cref="InputException">An imported or the held-out network is not there, not a model file, or for other classes or images than the data set's.</exception>
    /// <exception cref="InvalidDataException">An imported network is not the file that the run was started with.</exception>
    public async Task<TrainedModel> RunAsync(SurrogateInput input, CancellationToken cancellationToken)
    {
        var (request, set) = (input.Request, input.Set);
        var models = new ModelStore(stores.Models, adversary, observer);
        if (request.HeldOut is { } heldOut)
            await models.RequireHeldOutAsync(heldOut, set, cancellationToken); // It is asked when all is attacked: too late to hear that it is wrong.
        if (request.Score is { Init: not null } scoring)
            await InitialModel.ReadAsync(models, scoring, cancellationToken); // They are needed when all is published.
        var source = $"Surrogate model {input.Position + 1} of {request.EnsembleSize}";
        return await (input.Imported is { } name ? models.FindImportedAsync(name, source, set, cancellationToken)
            : input.Initial is { } initial ? models.FindOrFineTuneSurrogateAsync(request, set, initial, source, OpenAsync, cancellationToken)
            : models.FindOrTrainSurrogateAsync(request, set, input.Architecture!, OpenAsync, cancellationToken));

        Task<ImageFile> OpenAsync(string architecture, CancellationToken token) => OpenImagesAsync(input, architecture, token);
    }

    private Task<ImageFile> OpenImagesAsync(SurrogateInput input, string architecture, CancellationToken cancellationToken)
    {
        var (options, all) = (input.Request.Surrogates, input.Set);
        var count = options.ImagesOf(all.Count, all.SoftClasses);
        if (count < Math.Min(all.Count, options.MaxTrainingImages))
            SayThatTheSampleIsSmaller(architecture, count, all.Count);
        return images.OpenAsync(input.Request.RunId, all, [.. Planner.Select(input.Request.Seed, all.Count, count)], cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Surrogate {Architecture} is trained on {Count} images drawn at random of the {All}: the label probabilities of more do not fit into memory at once (2 GiB).")]
    private partial void SayThatTheSampleIsSmaller(string architecture, int count, int all);
}
