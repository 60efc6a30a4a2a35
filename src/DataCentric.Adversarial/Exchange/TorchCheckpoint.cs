using System.IO.Compression;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Archives;
using DataCentric.Pickles;

namespace DataCentric.Adversarial.Exchange;

/// <summary>
/// PyTorch's checkpoint since 1.6 (torch/serialization.py): a zip file with one folder that holds <c>data.pkl</c>, the pickle of the
/// object, <c>data/0</c>, <c>data/1</c> ..., the values of its storages, and sometimes <c>byteorder</c>.
/// </summary>
/// <param name="archive">The opened file.</param>
/// <param name="source">Its name, for messages.</param>
internal sealed class TorchCheckpoint(CheckedZip archive, string source)
{
    private const string PickleName = "/data.pkl";
    private const int LongestPickle = 1 << 24; // a state dict takes about 150 bytes for each tensor
    private readonly Dictionary<string, byte[]> _storages = new(StringComparer.Ordinal);

    /// <summary>Whether an archive is a checkpoint.</summary>
    /// <param name="archive">The opened file.</param>
    public static bool Is(CheckedZip archive) => archive.Files.Any(IsPickle);

    /// <summary>Reads the state dict.</summary>
    /// <returns>Tensors by the names in the file.</returns>
    /// <exception cref="InputException">Broken, hostile, or without a state dict.</exception>
    public Dictionary<string, StoredTensor> Read()
    {
        if (archive.Files.Where(IsPickle).ToArray() is not [var entry])
            throw new InputException($"{source}: holds several pickles; expected one {PickleName[1..]}.");
        var root = entry.FullName[..^PickleName.Length];
        if (archive.Find($"{root}/byteorder") is { } order && !archive.Read(order).AsSpan().SequenceEqual("little"u8))
            throw new InputException($"{source}: its values are big-endian; save it on a little-endian machine.");
        var pickle = archive.Read(entry);
        if (pickle.Length > LongestPickle)
            throw new InputException($"{source}: its pickle has {pickle.Length} bytes; more than {LongestPickle} are not read.");
        var content = new PickleMachine(new MemoryStream(pickle), new StateDictVocabulary(source), source).Read();
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var (key, tensor) in StateDict.Find(content, source))
        {
            if (!tensors.TryAdd(key, Load(tensor, key, root)))
                throw new InputException($"{source}: holds two tensors of the name \"{key}\".");
        }

        return tensors;
    }

    private static bool IsPickle(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(PickleName, StringComparison.Ordinal) && entry.FullName.Count(letter => letter == '/') == 1;

    private StoredTensor Load(PickleTensor tensor, string key, string root)
    {
        var type = tensor.Storage.Type switch
        {
            "torch.FloatStorage" => ElementType.Float32,
            "torch.HalfStorage" => ElementType.Float16,
            "torch.BFloat16Storage" => ElementType.BFloat16,
            "torch.DoubleStorage" => ElementType.Float64,
            "torch.LongStorage" => ElementType.Int64,
            var other => throw new InputException($"{source}: tensor \"{key}\" has values of {other}; expected floats."),
        };
        var values = Storage(tensor.Storage, type, key, root);
        archive.Allow(tensor.Layout.Count, sizeof(float), $"tensor \"{key}\"");
        if (tensor.Layout.IsRowMajor)
            return new(tensor.Layout.Shape, type.ToSingles(values.AsSpan((int)tensor.Layout.Offset * type.Size(), (int)tensor.Layout.Count * type.Size())));
        return new(tensor.Layout.Shape, tensor.Layout.Gather(place => type.ToSingle(values.AsSpan((int)place * type.Size()))));
    }

    private byte[] Storage(PickleStorage storage, ElementType type, string tensor, string root)
    {
        if (!_storages.TryGetValue(storage.Key, out var bytes))
        {
            var name = $"{root}/data/{storage.Key}";
            var entry = archive.Find(name) ?? throw new InputException($"{source}: the file \"{name}\" is missing in it; it is truncated or not whole.");
            _storages[storage.Key] = bytes = archive.Read(entry, $"tensor \"{tensor}\"");
        }

        if (bytes.LongLength / type.Size() != storage.Count || bytes.LongLength % type.Size() != 0)
        {
            throw new InputException(
                $"{source}: storage {storage.Key} has {bytes.Length} bytes; {storage.Count} values of {storage.Type} were announced.");
        }

        return bytes;
    }
}
