using System.Security.Cryptography;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Exchange;

/// <summary>What weights that other programs trained do not tell of themselves.</summary>
/// <param name="Architecture">Registry name of their network; null: it is recognised by the names and shapes of the tensors.</param>
/// <param name="Shape">Shape of the images they were trained on; null: that of the network's published weights.</param>
/// <param name="Mean">Mean of red, green and blue on pixels in [0, 1]; the network sees (pixel - mean) / deviation. Null as for the shape.</param>
/// <param name="Deviation">Standard deviation of red, green and blue on pixels in [0, 1], above 0. Null as for the shape.</param>
public sealed record ImportRequest(string? Architecture, ImageShape? Shape, IReadOnlyList<float>? Mean, IReadOnlyList<float>? Deviation);

/// <summary>Brings weights in from other programs and takes them out.</summary>
public static class ModelExchange
{
    /// <summary>Reads weights that another program trained and writes them as a model file.</summary>
    /// <param name="request">What the weights are for.</param>
    /// <param name="weights">An npz file, a safetensors file or a PyTorch checkpoint with the names of the state dict; seekable.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="model">Receives the model file; nothing is written unless the weights fit the network.</param>
    /// <returns>What the model file holds.</returns>
    /// <exception cref="InputException">Unknown architecture, a file that cannot be read, or tensors that do not fit the network.</exception>
    public static ModelContent Import(ImportRequest request, Stream weights, string source, Stream model)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(model);
        return TorchThreads.Run(() => ImportHere(request, weights, source, model));
    }

    /// <summary>Writes the tensors of a model file as npz, under the names of PyTorch's state dict.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="npz">Receives the archive; the same model gives the same bytes.</param>
    /// <returns>What the model file holds.</returns>
    /// <exception cref="InputException">It is not a model file.</exception>
    public static ModelContent Export(Stream model, string source, Stream npz)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(npz);
        return TorchThreads.Run(() =>
        {
            var (network, description) = ModelFile.Read(model, source);
            using (network)
            {
                Npz.Write(npz, ModelFile.Tensors(network));
                return description.ContentWith(network);
            }
        });
    }

    /// <summary>Whether a file was written as a model file, whatever became of its tensors.</summary>
    /// <param name="file">The file.</param>
    public static bool IsModel(Stream file) => ModelFile.Is(file);

    private static ModelContent ImportHere(ImportRequest request, Stream weights, string source, Stream model)
    {
        var named = request.Architecture is { } name ? Architectures.Get(name) : null;
        Check(request);
        if (named is not null)
            Input(request, named); // Says what is missing before a large file is read.
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(weights));
        weights.Position = 0;
        var tensors = WeightFile.Read(weights, source);
        var outline = named is null ? Recognition.Find(tensors, source) : NetworkOutline.For(named, tensors);
        var architecture = outline.Architecture;
        var (shape, statistics) = Input(request, architecture);
        var classes = StateDict.ClassCount(tensors, outline.ClassWeight, source);
        var stored = new StoredWeights(source, tensors);
        using var network = new Network(architecture, classes, stored, stemHalvings: outline.StemHalvings);
        stored.AllTaken();
        var description = new ModelDescription(
            architecture.Name, classes, shape, statistics, ImportedFrom: sha256)
        {
            StemHalvings = outline.StemHalvings,
        };
        ModelFile.Write(model, network, description);
        return description.ContentWith(network);
    }

    private static void Check(ImportRequest request)
    {
        request.Shape?.Validated("--shape");
        if (request.Mean is { } mean)
            Check(mean, "mean", 0);
        if (request.Deviation is { } deviation)
            Check(deviation, "standard deviation", float.Epsilon);
    }

    /// <summary>What the network was trained on: what is asked for, else what its published weights were trained on.</summary>
    private static (ImageShape Shape, ChannelStatistics Statistics) Input(ImportRequest request, Architecture architecture)
    {
        string?[] missing =
        [
            request.Shape is null ? "the size of its images (--shape)" : null,
            request.Mean is null ? "their mean (--mean)" : null,
            request.Deviation is null ? "their standard deviation (--std)" : null,
        ];
        if (architecture.Published is null && missing.Any(part => part is not null))
        {
            throw new InputException($"The weights are of {architecture.Name}, which people train on images of their own: "
                + $"say {string.Join(", ", missing.OfType<string>())}.");
        }

        var usual = architecture.Published;
        return (request.Shape ?? usual!.Shape, new([.. request.Mean ?? usual!.Mean], [.. request.Deviation ?? usual!.Deviation]));
    }

    private static void Check(IReadOnlyList<float> values, string name, float least)
    {
        if (values.Count != ImageShape.Channels || !values.All(value => value >= least && value <= 1))
        {
            throw new InputException(
                $"The {name} is ({string.Join(", ", values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)))}); "
                + $"expected {ImageShape.Channels} numbers for pixels in [0, 1]{(least > 0 ? ", above 0" : "")}.");
        }
    }
}
