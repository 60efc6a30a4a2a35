using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Training;

/// <summary>
/// The state of a training between two epochs, as a file: safetensors with the network's tensors and the optimiser's velocities. Order
/// and augmentation are functions of (seed, epoch), so a training that goes on from it ends with the same bytes. The format's name
/// keeps it from being taken for a model.
/// </summary>
internal sealed class TrainingState
{
    private const string Format = "datacentric-training/1";
    private const string VelocityPrefix = "velocity:";

    private readonly string _identity;
    private readonly Dictionary<string, Tensor> _tensors;

    /// <summary>Describes a training.</summary>
    /// <param name="request">What is trained and on what.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimiser.</param>
    public TrainingState(TrainingRequest request, Network network, MomentumSgd optimizer)
    {
        _identity = IdentityOf(request);
        _tensors = network.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        foreach (var (name, velocity) in optimizer.Velocities)
            _tensors.Add(VelocityPrefix + name, velocity);
    }

    /// <summary>Writes the present state.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="epochs">Epochs done.</param>
    public void Write(Stream stream, int epochs) => new SafeTensors(
        _tensors.ToDictionary(pair => pair.Key, pair => StoredTensor.Of(pair.Value)),
        new Dictionary<string, string>
        {
            ["format"] = Format,
            ["identity"] = _identity,
            ["epochs"] = epochs.ToString(CultureInfo.InvariantCulture),
        }).Write(stream);

    /// <summary>Goes back to a state that was written.</summary>
    /// <param name="stream">The file.</param>
    /// <returns>Epochs done; 0, and nothing is changed, where the file is broken or belongs to another training.</returns>
    public int Restore(Stream stream)
    {
        SafeTensors file;
        try
        {
            file = SafeTensors.Read(stream, "checkpoint");
        }
        catch (InputException)
        {
            return 0;
        }

        var fits = file.Metadata.GetValueOrDefault("format") == Format
            && file.Metadata.GetValueOrDefault("identity") == _identity
            && file.Tensors.Count == _tensors.Count
            && _tensors.All(pair => file.Tensors.GetValueOrDefault(pair.Key)?.Shape.SequenceEqual(pair.Value.shape) == true);
        if (!fits || !int.TryParse(file.Metadata.GetValueOrDefault("epochs"), NumberStyles.None, CultureInfo.InvariantCulture, out var epochs))
            return 0;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, value) in _tensors)
            value.copy_(tensor(file.Tensors[name].Values, file.Tensors[name].Shape));
        return epochs;
    }

    /// <summary>Hash of everything that the result depends on; which other networks the options name does not matter.</summary>
    private static string IdentityOf(TrainingRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var images = request.Images;
        var options = request.Options with { Architectures = [request.Architecture] };
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Architecture}|{request.ClassCount}|{request.Seed}|{JsonSerializer.Serialize(options)}|{images.Shape}|{images.Count}|{StemHalvings.InKey(images.Shape)}{InitialOf(request)}")));
        var image = new byte[images.Shape.ByteLength];
        for (var n = 0; n < images.Count; n++)
        {
            images.Read(n, image);
            hash.AppendData(image);
        }

        hash.AppendData(MemoryMarshal.AsBytes<int>(images.Labels));
        hash.AppendData(MemoryMarshal.AsBytes<float>(images.SoftLabels));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string InitialOf(TrainingRequest request) => request.Initial is { } file ? $"|initial {InitialNetwork.HashOf(file)}" : "";
}
