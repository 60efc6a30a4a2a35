using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Archives;

namespace DataCentric.Adversarial.Exchange;

/// <summary>Files of weights that other programs wrote, told apart by their first bytes.</summary>
internal static class WeightFile
{
    private const int StartLength = 9;
    private const byte PickleStart = 0x80;
    private const long MostBytes = 2L << 30; // VGG-16 has 138 million parameters: 0.6 GB in the file, and as much as float32

    /// <summary>Reads the tensors of an npz file, a safetensors file or a PyTorch checkpoint.</summary>
    /// <param name="stream">The file; seekable.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>Tensors by name, without the prefix of DataParallel and without counters.</returns>
    /// <exception cref="InputException">None of these, broken, truncated, hostile, or with values that are not finite numbers.</exception>
    public static Dictionary<string, StoredTensor> Read(Stream stream, string source)
    {
        var start = ExactReading.Start(stream, StartLength);
        stream.Position = 0;
        var tensors = StateDict.Clean(start switch
        {
            [(byte)'P', (byte)'K', ..] => ReadArchive(stream, source),
            [.., (byte)'{'] when start.Length == StartLength => SafeTensors.Read(stream, source).Tensors,
            [PickleStart, ..] => throw new InputException(
                $"{source}: a pickle without a zip file around it, as PyTorch wrote checkpoints before 1.6; it is not read. "
                + "Load and save it again in PyTorch: torch.save(torch.load(path, weights_only=True), path)."),
            _ => throw new InputException($"{source}: neither npz, safetensors nor a PyTorch checkpoint (zip)."),
        });
        if (tensors.FirstOrDefault(pair => !pair.Value.Values.All(float.IsFinite)) is { Key: { } name })
            throw new InputException($"{source}: tensor \"{name}\" holds values that are not finite float32 numbers.");
        return tensors;
    }

    private static Dictionary<string, StoredTensor> ReadArchive(Stream stream, string source)
    {
        using var archive = new CheckedZip(stream, source, MostBytes, "the weights of one network");
        if (TorchCheckpoint.Is(archive))
            return new TorchCheckpoint(archive, source).Read();
        return Npz.Is(archive)
            ? Npz.Read(archive, source)
            : throw new InputException($"{source}: a zip file, but neither npz (only .npy files) nor a PyTorch checkpoint (data.pkl).");
    }
}
