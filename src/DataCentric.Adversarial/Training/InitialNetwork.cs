using System.Security.Cryptography;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Training;

/// <summary>The network that a training begins with.</summary>
/// <param name="Network">Untrained, or a trained one with a new last layer.</param>
/// <param name="Statistics">Normalisation of its pixels: of the training set, or that of the trained network.</param>
/// <param name="Sha256">Hash of the trained network's file; null where there is none.</param>
internal sealed record InitialNetwork(Network Network, ChannelStatistics Statistics, string? Sha256)
{
    /// <summary>Makes it.</summary>
    /// <param name="request">What to train.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="InputException">Unknown architecture, or an initial model that is broken or of another architecture.</exception>
    public static InitialNetwork Make(TrainingRequest request, Device device)
    {
        var architecture = Architectures.Get(request.Architecture);
        var random = new RandomWeights(request.Seed);
        if (request.Initial is { } file)
            return FromModel(request, file, architecture, random, device);
        var halvings = architecture.Published is null ? StemHalvings.Of(request.Images.Shape) : 0;
        return new(new(architecture, request.ClassCount, random, device, halvings), ChannelStatistics.Of(request.Images), null);
    }

    // All weights are the model's but those of the last layer, which are drawn as for an untrained network of as many classes.
    private static InitialNetwork FromModel(TrainingRequest request, byte[] file, Architecture architecture, RandomWeights random, Device device)
    {
        const string source = "The initial model";
        var (tensors, description) = ModelFile.ReadTensors(new MemoryStream(file), source);
        if (description.Architecture != architecture.Name)
            throw new InputException($"{source} is a {description.Architecture}; a {architecture.Name} is to be trained. Leave the architecture out, or name a model of that one.");
        var head = NetworkOutline.Of(architecture, description.StemHalvings).Head.ToHashSet();
        var body = new StoredWeights(source, tensors.Where(pair => !head.Contains(pair.Key)).ToDictionary());
        var network = new Network(architecture, request.ClassCount, new TransferredWeights(head, random, body), device, description.StemHalvings);
        body.AllTaken();
        return new(network, description.Statistics, HashOf(file));
    }

    /// <summary>Hash of a model file, lower-case hex.</summary>
    /// <param name="file">Its bytes.</param>
    public static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
