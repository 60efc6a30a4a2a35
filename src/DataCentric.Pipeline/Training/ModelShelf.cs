using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Training;

/// <summary>
/// Trained networks in a store, each as <c>NAME.safetensors</c> with <c>NAME.json</c> beside it, which is sealed by its hash and holds that
/// of the network. A network is trained once: it is found again by the hash of data and options, and a training that was stopped goes on
/// from its last epoch. What was torn or changed is trained again.
/// </summary>
/// <param name="store">Holds the networks.</param>
/// <param name="adversary">Trains.</param>
/// <param name="observer">Watches epochs.</param>
internal sealed class ModelShelf(IDataStore store, IAdversary adversary, IActivityObserver observer)
{
    /// <summary>Finds a network or trains it.</summary>
    /// <param name="name">Its name without an extension.</param>
    /// <param name="dataHash">Hash of the training data's files.</param>
    /// <param name="request">What to train.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    public async Task<TrainedModel> FindOrTrainAsync(string name, string dataHash, TrainingRequest request, CancellationToken cancellationToken)
    {
        var (file, record, key) = ($"{name}.safetensors", $"{name}.json", KeyOf(dataHash, request));
        if (await store.TryReadSealedAsync<TrainedModel>(record, PipelineJson.Indented, cancellationToken) is { } known
            && known.Key == key && await store.HashAsync(file, cancellationToken) == known.Sha256)
        {
            return known;
        }

        var checkpoint = new StoredCheckpoint(store, $"{name}.checkpoint", cancellationToken);
        using var model = new MemoryStream();
        var result = adversary.Train(request with { Checkpoint = checkpoint }, model, new Epochs(name, observer), cancellationToken);
        var trained = new TrainedModel(request.Architecture, file, Hash(model.ToArray()), result.Parameters, result.Accuracy) { Key = key };
        await store.WriteAllBytesAsync(file, model.ToArray(), cancellationToken);
        await store.WriteSealedAsync(record, trained, PipelineJson.Indented, cancellationToken);
        await checkpoint.DeleteAsync();
        return trained;
    }

    /// <summary>Reads a model file that the user brought, and checks it against the data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">Classes and shape that it must be for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What it is, and its bytes.</returns>
    /// <exception cref="InputException">It cannot be read, is no model file, or is for other classes or images.</exception>
    public async Task<(TrainedModel Model, byte[] Bytes)> BringAsync(string path, DataOutline data, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Model {path}: {exception.Message}", exception);
        }

        using var stream = new MemoryStream(bytes);
        var content = adversary.Inspect(stream, path);
        return content.ClassCount == data.Classes.Count && content.Shape == data.Shape
            ? (new(content.Architecture, Path.GetFileName(path), Hash(bytes), content.Parameters, null), bytes)
            : throw new InputException($"Model {path} ({content.Architecture}): for {content.ClassCount} classes and images of {content.Shape}; "
                + $"{data.Name} has {data.Classes.Count} classes and images of {data.Shape}.");
    }

    /// <summary>Reads the file of a network of this store.</summary>
    /// <param name="model">The network.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<byte[]> ReadAsync(TrainedModel model, CancellationToken cancellationToken) => store.ReadAllBytesAsync(model.Name, cancellationToken);

    /// <summary>Hash of everything that the weights depend on, lower-case hex.</summary>
    /// <param name="dataHash">Hash of the training data's files.</param>
    /// <param name="request">What to train.</param>
    public static string KeyOf(string dataHash, TrainingRequest request) => Hash(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"1|{dataHash}|{request.Images.Count}|{request.ClassCount}|{request.Architecture}|{request.Seed}|{JsonSerializer.Serialize(request.Options, PipelineJson.Compact)}")));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Epochs(string name, IActivityObserver observer) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => observer.Report(new ActivityProgress(
            name, value.Epoch, value.Epochs, "epochs", string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:F3}, accuracy {100 * value.Accuracy:F1} %")));
    }
}
