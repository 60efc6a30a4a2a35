using System.Globalization;
using System.Text.Json;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Models;

/// <summary>What a model file says of its network besides the tensors.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Shape">Shape of the training images.</param>
/// <param name="Statistics">Normalisation of the pixels.</param>
/// <param name="Seed">Seed of the training; null where the weights were imported.</param>
/// <param name="Options">Options of the training; null where the weights were imported.</param>
/// <param name="ImportedFrom">SHA-256 of the file that the weights were imported from; null where they were trained here.</param>
internal sealed record ModelDescription(
    string Architecture,
    int ClassCount,
    ImageShape Shape,
    ChannelStatistics Statistics,
    ulong? Seed = null,
    SurrogateOptions? Options = null,
    string? ImportedFrom = null)
{
    /// <summary>How often images are halved before the first layer; 0 for small images and in files from before 0.3.0.</summary>
    public int StemHalvings { get; init; }

    /// <summary>SHA-256 of the model file that the training began with; null where it began with nothing.</summary>
    public string? InitialSha256 { get; init; }

    /// <summary>Both together, for those who know nothing of networks.</summary>
    /// <param name="network">The network that is described.</param>
    public ModelContent ContentWith(Network network) =>
        new(Architecture, ClassCount, Shape, Statistics.Mean, Statistics.Deviation, network.ParameterCount);
}

/// <summary>Networks in files: safetensors with PyTorch's tensor names, the description as metadata.</summary>
internal static class ModelFile
{
    private const string Format = "datacentric-classifier/1";

    /// <summary>Writes a network.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">The network.</param>
    /// <param name="description">What is to be known of it.</param>
    public static void Write(Stream stream, Network network, ModelDescription description)
    {
        var tensors = Tensors(network);
        var metadata = new Dictionary<string, string?>
        {
            ["format"] = Format,
            ["architecture"] = description.Architecture,
            ["class_count"] = description.ClassCount.ToString(CultureInfo.InvariantCulture),
            ["height"] = description.Shape.Height.ToString(CultureInfo.InvariantCulture),
            ["width"] = description.Shape.Width.ToString(CultureInfo.InvariantCulture),
            ["mean"] = JsonSerializer.Serialize(description.Statistics.Mean),
            ["deviation"] = JsonSerializer.Serialize(description.Statistics.Deviation),
            ["seed"] = description.Seed?.ToString(CultureInfo.InvariantCulture),
            ["training"] = description.Options is { } options ? JsonSerializer.Serialize(options) : null,
            ["imported_sha256"] = description.ImportedFrom,
            ["initial_sha256"] = description.InitialSha256,
            ["stem_halvings"] = description.StemHalvings > 0 ? description.StemHalvings.ToString(CultureInfo.InvariantCulture) : null,
        };
        new SafeTensors(tensors, metadata.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!)).Write(stream);
    }

    /// <summary>Reads a network.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="device">Where the network is to compute; the processor where none is given.</param>
    /// <exception cref="InputException">Not a model file, broken, or of an architecture that does not exist.</exception>
    public static (Network Network, ModelDescription Description) Read(Stream stream, string source, TorchSharp.torch.Device? device = null)
    {
        var (tensors, description) = ReadTensors(stream, source);
        var weights = new StoredWeights(source, tensors);
        var network = new Network(Architectures.Get(description.Architecture), description.ClassCount, weights, device, description.StemHalvings);
        weights.AllTaken();
        return (network, description);
    }

    /// <summary>Reads the tensors of a network without building it.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InputException">Not a model file, broken, or of an architecture that does not exist.</exception>
    public static (IReadOnlyDictionary<string, StoredTensor> Tensors, ModelDescription Description) ReadTensors(Stream stream, string source)
    {
        var file = SafeTensors.Read(stream, source);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new InputException($"{source}: not a model file of this program; its metadata lacks format {Format}.");
        var description = Describe(file.Metadata, source);
        var architecture = Architectures.Get(description.Architecture);
        if (description.StemHalvings > (architecture.Published is null ? StemHalvings.Most : 0))
            throw new InputException($"{source}: the metadata of the model is broken: {description.StemHalvings} halvings of the images of {architecture.Name}.");
        return (file.Tensors, description);
    }

    /// <summary>Whether a file says of itself that it is a network.</summary>
    /// <param name="stream">The file.</param>
    public static bool Is(Stream stream) => SafeTensors.TryReadMetadata(stream)?.GetValueOrDefault("format") == Format;

    /// <summary>The tensors of a network, in the order of its layers.</summary>
    /// <param name="network">The network.</param>
    public static Dictionary<string, StoredTensor> Tensors(Network network) =>
        network.State.ToDictionary(tensor => tensor.Name, tensor => StoredTensor.Of(tensor.Value));

    private static ModelDescription Describe(IReadOnlyDictionary<string, string> metadata, string source)
    {
        try
        {
            return new(
                metadata["architecture"],
                int.Parse(metadata["class_count"], CultureInfo.InvariantCulture),
                new(int.Parse(metadata["height"], CultureInfo.InvariantCulture), int.Parse(metadata["width"], CultureInfo.InvariantCulture)),
                new(JsonSerializer.Deserialize<float[]>(metadata["mean"])!, JsonSerializer.Deserialize<float[]>(metadata["deviation"])!),
                metadata.TryGetValue("seed", out var seed) ? ulong.Parse(seed, CultureInfo.InvariantCulture) : null,
                metadata.TryGetValue("training", out var training) ? JsonSerializer.Deserialize<SurrogateOptions>(training) : null,
                metadata.GetValueOrDefault("imported_sha256"))
            {
                InitialSha256 = metadata.GetValueOrDefault("initial_sha256"),
                StemHalvings = int.Parse(metadata.GetValueOrDefault("stem_halvings", "0"), NumberStyles.None, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception broken) when (broken is KeyNotFoundException or FormatException or OverflowException or JsonException)
        {
            throw new InputException($"{source}: the metadata of the model is broken: {broken.Message}", broken);
        }
    }
}
