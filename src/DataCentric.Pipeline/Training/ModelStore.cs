using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Training;

/// <summary>
/// Networks in a store. A trained one lies as <c>NAME.safetensors</c> with a record beside it, which is sealed by its hash and holds that of
/// the network. It is trained once: it is found again by the hash of data and options, and a training that was stopped goes on from its
/// last epoch. What was torn or changed is trained again. An imported one lies under a name that tells its content.
/// </summary>
/// <param name="store">Holds the networks.</param>
/// <param name="adversary">Trains, and knows model files.</param>
/// <param name="observer">Watches epochs.</param>
internal sealed class ModelStore(IDataStore store, IAdversary adversary, IActivityObserver observer)
{
    /// <summary>Finds a surrogate of a run or trains it; the folder's name holds the hash of everything that the weights depend on.</summary>
    /// <param name="request">The run.</param>
    /// <param name="set">Its canonical set.</param>
    /// <param name="architecture">Registry name.</param>
    /// <param name="openImages">Opens the training set; not called where the network is found.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public Task<TrainedModel> FindOrTrainSurrogateAsync(
        EnhancementRequest request, IngestedSet set, string architecture, Func<string, CancellationToken, Task<ImageFile>> openImages, CancellationToken cancellationToken) =>
        FindOrTrainSurrogateAsync(request, set, architecture, null, "", openImages, cancellationToken);

    /// <summary>As <see cref="FindOrTrainSurrogateAsync(EnhancementRequest, IngestedSet, string, Func{string, CancellationToken, Task{ImageFile}}, CancellationToken)"/>,
    /// for one whose training begins with an imported network.</summary>
    /// <param name="request">The run.</param>
    /// <param name="set">Its canonical set.</param>
    /// <param name="initial">See <see cref="ImportedModel.NameOf"/>.</param>
    /// <param name="source">What the imported network is called in messages.</param>
    /// <param name="openImages">Opens the training set for an architecture; not called where the network is found.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    /// <exception cref="InputException">The imported network is not there, or not a model file.</exception>
    /// <exception cref="InvalidDataException">It is not the file that its name tells.</exception>
    public async Task<TrainedModel> FindOrFineTuneSurrogateAsync(
        EnhancementRequest request, IngestedSet set, string initial, string source, Func<string, CancellationToken, Task<ImageFile>> openImages, CancellationToken cancellationToken)
    {
        var (architecture, model) = await ReadInitialAsync(initial, "surrogateInit", source, cancellationToken);
        return await FindOrTrainSurrogateAsync(request, set, architecture, model, $"|initial {initial}", openImages, cancellationToken);
    }

    private Task<TrainedModel> FindOrTrainSurrogateAsync(
        EnhancementRequest request, IngestedSet set, string architecture, byte[]? initial, string inKey, Func<string, CancellationToken, Task<ImageFile>> openImages, CancellationToken cancellationToken)
    {
        var options = request.Surrogates with { Architectures = [architecture] };
        var key = Hash($"1|{set.InputHash}|{request.Limit}|{request.Seed}|{JsonSerializer.Serialize(options, PipelineJson.Compact)}{StemHalvings.InKey(set.Shape)}{inKey}");
        var folder = $"models/{key[..16]}";
        return FindOrTrainAsync($"{folder}/{architecture}", $"{folder}/record.json", key: null, TrainingAsync, cancellationToken);

        async Task<(TrainingRequest, IDisposable?)> TrainingAsync()
        {
            var images = await openImages(architecture, cancellationToken);
            return (new(architecture, images, set.ClassCount, request.Seed, request.Surrogates) { Initial = initial }, images);
        }
    }

    /// <summary>Finds a network or trains it.</summary>
    /// <param name="name">Its name without an extension.</param>
    /// <param name="dataHash">Hash of the training data's files.</param>
    /// <param name="request">What to train.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public Task<TrainedModel> FindOrTrainAsync(string name, string dataHash, TrainingRequest request, CancellationToken cancellationToken) =>
        FindOrTrainAsync(name, $"{name}.json", KeyOf(dataHash, request), () => Task.FromResult<(TrainingRequest, IDisposable?)>((request, null)), cancellationToken);

    /// <summary>Reads an imported network that a training is to begin with, for any classes and images.</summary>
    /// <param name="name">See <see cref="ImportedModel.NameOf"/>.</param>
    /// <param name="option">Option that names it, for messages.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">It is not there, or not a model file.</exception>
    /// <exception cref="InvalidDataException">It is not the file that its name tells.</exception>
    public async Task<(string Architecture, byte[] Bytes)> ReadInitialAsync(string name, string option, string source, CancellationToken cancellationToken)
    {
        var bytes = await ReadImportedAsync(name, option, cancellationToken);
        return (adversary.Inspect(new MemoryStream(bytes), source).Architecture, bytes);
    }

    /// <summary>Reads the file of a network of this store.</summary>
    /// <param name="model">The network.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<byte[]> ReadAsync(TrainedModel model, CancellationToken cancellationToken) => store.ReadAllBytesAsync(model.Name, cancellationToken);

    /// <summary>Reads an imported network of this store, and checks it against its name and the data.</summary>
    /// <param name="name">See <see cref="ImportedModel.NameOf"/>.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <param name="set">The data set, whose classes and shape it must be for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">It is not there, not a model file, or for other classes or images.</exception>
    /// <exception cref="InvalidDataException">It is not the file that its name tells.</exception>
    public async Task<TrainedModel> FindImportedAsync(string name, string source, IngestedSet set, CancellationToken cancellationToken)
    {
        var bytes = await ReadImportedAsync(name, "surrogateModels", cancellationToken);
        return Inspect(bytes, name, source, "the data set", set.Shape, set.ClassCount);
    }

    /// <summary>Checks the held-out network of a run against the data.</summary>
    /// <param name="name">Its name in this store.</param>
    /// <param name="set">The data set, whose classes and shape it must be for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">It is not there, not a model file, or for other classes or images.</exception>
    public async Task RequireHeldOutAsync(string name, IngestedSet set, CancellationToken cancellationToken) =>
        Inspect(await ReadAsync(name, "heldOut", cancellationToken), name, "The held-out network", "the data set", set.Shape, set.ClassCount);

    private async Task<byte[]> ReadAsync(string name, string option, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAllBytesAsync(name, cancellationToken);
        }
        catch (StoreItemMissingException missing)
        {
            throw new InputException($"{option}: {missing.Message}", missing);
        }
    }

    private async Task<byte[]> ReadImportedAsync(string name, string option, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(name, option, cancellationToken);
        return Hash(bytes) is var sha256 && ImportedModel.NameOf(sha256) == name
            ? bytes
            : throw new InvalidDataException($"{store.Location}: {name} has hash {sha256}; it is broken or was replaced. Start the run again with the model file.");
    }

    /// <summary>Reads a model file that the user names, and checks it against the data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">Classes and shape that it must be for.</param>
    /// <returns>What it is, and its bytes.</returns>
    /// <exception cref="InputException">It cannot be read, is not a model file, or is for other classes or images.</exception>
    public (TrainedModel Model, byte[] Bytes) ReadFile(string path, DataOutline data)
    {
        var bytes = ExactReading.All(path);
        return (Inspect(bytes, Path.GetFileName(path), $"Model {path}", data.Name, data.Shape, data.Classes.Count), bytes);
    }

    /// <summary>Hash of everything that the weights depend on, lower-case hex.</summary>
    /// <param name="dataHash">Hash of the training data's files.</param>
    /// <param name="request">What to train.</param>
    public static string KeyOf(string dataHash, TrainingRequest request) => Hash(string.Create(
        CultureInfo.InvariantCulture,
        $"1|{dataHash}|{request.Images.Count}|{request.ClassCount}|{request.Architecture}|{request.Seed}|{JsonSerializer.Serialize(request.Options, PipelineJson.Compact)}{StemHalvings.InKey(request.Images.Shape)}{(request.Initial is { } model ? $"|initial {Hash(model)}" : "")}"));

    private async Task<TrainedModel> FindOrTrainAsync(
        string name, string record, string? key, Func<Task<(TrainingRequest Request, IDisposable? Owned)>> begin, CancellationToken cancellationToken)
    {
        var file = $"{name}.safetensors";
        if (await store.TryReadSealedAsync<TrainedModel>(record, PipelineJson.Indented, cancellationToken) is { } known
            && known.Key == key && await store.HashAsync(file, cancellationToken) == known.Sha256)
        {
            return known;
        }

        var checkpoint = new StoredCheckpoint(store, $"{name}.checkpoint", cancellationToken);
        var (request, owned) = await begin();
        using var _ = owned;
        using var model = new MemoryStream();
        var result = adversary.Train(request with { Checkpoint = checkpoint }, model, new EpochObserver(Path.GetFileName(name), observer), cancellationToken);
        var bytes = model.ToArray();
        var trained = new TrainedModel(request.Architecture, file, Hash(bytes), result.Parameters, result.Accuracy) { Key = key };
        await store.WriteAllBytesAsync(file, bytes, cancellationToken);
        await store.WriteSealedAsync(record, trained, PipelineJson.Indented, cancellationToken);
        await checkpoint.DeleteAsync();
        return trained;
    }

    private TrainedModel Inspect(byte[] bytes, string name, string source, string owner, ImageShape shape, int classCount)
    {
        using var stream = new MemoryStream(bytes);
        var content = adversary.Inspect(stream, source);
        return content.ClassCount == classCount && content.Shape == shape
            ? new(content.Architecture, name, Hash(bytes), content.Parameters, TrainingAccuracy: null)
            : throw new InputException($"{source} ({content.Architecture}): for {content.ClassCount} classes and images of {content.Shape}; "
                + $"{owner} has {classCount} classes and images of {shape}.");
    }

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class EpochObserver(string name, IActivityObserver observer) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => observer.Report(new ActivityProgress(
            name, value.Epoch, value.Epochs, "epochs", string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:F3}, accuracy {100 * value.Accuracy:F1} %")));
    }
}
