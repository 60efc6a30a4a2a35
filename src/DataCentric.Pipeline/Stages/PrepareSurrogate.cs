using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataCentric.Attacks;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Stages;

/// <summary>Input of <see cref="ActivityNames.PrepareSurrogate"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Position">Place in the ensemble.</param>
public sealed record SurrogateInput(EnhancementRequest Request, IngestedSet Set, int Position)
{
    /// <summary>Registry name of the network to be trained; null where one was brought.</summary>
    public string? Architecture => Brought is null ? Request.Surrogates.Architectures[Position] : null;

    /// <summary>Name in the model store of the network that was brought; null where one is to be trained.</summary>
    public string? Brought => Request.SurrogateModels?[Position];

    /// <inheritdoc/>
    public override string ToString() => $"surrogate {Architecture ?? Brought}";
}

/// <summary>
/// Finds a surrogate in the model store: a brought one by its name; any other by the hash of data and options, or else trains it on the
/// raw set and stores it.
/// </summary>
/// <param name="stores">Where the run and the models lie.</param>
/// <param name="adversary">Trains, and knows model files.</param>
/// <param name="observer">Watches epochs.</param>
public sealed class PrepareSurrogateActivity(PipelineStores stores, IAdversary adversary, IActivityObserver observer)
    : IActivity<SurrogateInput, SurrogateModel>
{
    /// <inheritdoc/>
    public async Task<SurrogateModel> RunAsync(SurrogateInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Architecture is { } architecture
            ? await FindOrTrainAsync(input, architecture, cancellationToken)
            : await new BroughtSurrogate(stores.Models, adversary).DescribeAsync(input, cancellationToken);
    }

    private async Task<SurrogateModel> FindOrTrainAsync(SurrogateInput input, string architecture, CancellationToken cancellationToken)
    {
        var folder = $"models/{KeyOf(input, architecture)}/";
        var (file, record) = ($"{folder}{architecture}.safetensors", $"{folder}record.json");
        if (await stores.Models.TryReadSealedAsync<SurrogateModel>(record, PipelineJson.Indented, cancellationToken) is { } known
            && await stores.Models.HashAsync(file, cancellationToken) == known.Sha256)
        {
            return known;
        }

        var images = await ReadTrainingSetAsync(input, cancellationToken);
        var checkpoint = new StoredCheckpoint(stores.Models, $"{folder}{architecture}.checkpoint", cancellationToken);
        var training = new TrainingRequest(architecture, images, input.Set.ClassCount, input.Request.Seed, input.Request.Surrogates)
        {
            Checkpoint = checkpoint,
        };
        using var model = new MemoryStream();
        var result = adversary.Train(training, model, new EpochObserver(observer), cancellationToken);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(model.GetBuffer().AsSpan(0, (int)model.Length)));
        await stores.Models.WriteAllBytesAsync(file, model.GetBuffer().AsMemory(0, (int)model.Length), cancellationToken);
        var trained = new SurrogateModel(architecture, file, sha256, result.Parameters, result.Accuracy);
        await stores.Models.WriteSealedAsync(record, trained, PipelineJson.Indented, cancellationToken);
        await checkpoint.DeleteAsync();
        return trained;
    }

    /// <summary>Hash of everything the weights depend on.</summary>
    private static string KeyOf(SurrogateInput input, string architecture)
    {
        var options = input.Request.Surrogates with { Architectures = [architecture] };
        var limit = input.Request.Limit?.ToString(CultureInfo.InvariantCulture);
        var key = $"1|{input.Set.InputHash}|{limit}|{input.Request.Seed}|{JsonSerializer.Serialize(options, PipelineJson.Compact)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
    }

    private async Task<Images.ImageSet> ReadTrainingSetAsync(SurrogateInput input, CancellationToken cancellationToken)
    {
        var chosen = Planner.Select(input.Request.Seed, input.Set.Count, input.Request.Surrogates.MaxTrainingImages).ToArray();
        var set = new CanonicalSet(stores.Work, new RunLayout(input.Request.RunId), input.Set);
        return (await set.ReadAsync(chosen, cancellationToken)).Images;
    }

    private sealed class EpochObserver(IActivityObserver observer) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => observer.Report(new ActivityProgress(
            value.Architecture,
            value.Epoch,
            value.Epochs,
            "epochs",
            string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:F3}, accuracy {value.Accuracy:P1}")));
    }
}

/// <summary>A surrogate that the user brought: checked against its name and the data set.</summary>
/// <param name="models">The model store.</param>
/// <param name="adversary">Knows model files.</param>
internal sealed class BroughtSurrogate(IDataStore models, IAdversary adversary)
{
    /// <summary>Reads the model file and tells what it is.</summary>
    /// <exception cref="InputException">It is not there, no model file, or for other classes or images than the data set's.</exception>
    /// <exception cref="InvalidDataException">It is not the file that the run was started with.</exception>
    public async Task<SurrogateModel> DescribeAsync(SurrogateInput input, CancellationToken cancellationToken)
    {
        var name = input.Brought!;
        var bytes = await ReadAsync(name, cancellationToken);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (BroughtModel.NameOf(sha256) != name)
            throw new InvalidDataException($"{models.Location}: {name} has hash {sha256}; it is broken or was replaced. Start the run again with the model file.");

        using var stream = new MemoryStream(bytes);
        var source = $"Surrogate model {input.Position + 1} of {input.Request.EnsembleSize}";
        var content = adversary.Inspect(stream, source);
        var set = input.Set;
        if (content.ClassCount != set.ClassCount || content.Shape != set.Shape)
        {
            throw new InputException($"{source} ({content.Architecture}): for {content.ClassCount} classes and images of {content.Shape}; "
                + $"the data set has {set.ClassCount} classes and images of {set.Shape}.");
        }

        return new SurrogateModel(content.Architecture, name, sha256, content.Parameters, TrainingAccuracy: null);
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await models.ReadAllBytesAsync(name, cancellationToken);
        }
        catch (StoreItemMissingException missing)
        {
            throw new InputException($"surrogateModels: {missing.Message}", missing);
        }
    }
}
