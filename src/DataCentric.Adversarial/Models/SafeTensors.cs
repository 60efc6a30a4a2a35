using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Models;

/// <summary>
/// The safetensors format (huggingface/safetensors 0.5): eight bytes of header length, little-endian; a JSON header that gives each
/// tensor's type, shape and byte range, and a map of strings under <c>__metadata__</c>; then the values. Written as float32; read from
/// any float, and from the 64-bit counters that state dicts hold besides.
/// </summary>
/// <param name="Tensors">Tensors by name, in the order in which they are stored.</param>
/// <param name="Metadata">Free text by key.</param>
internal sealed record SafeTensors(IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";
    private const long LongestHeader = 100_000_000; // the format's own bound
    private const int HeaderAlignment = 8;

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Receives the bytes.</param>
    public void Write(Stream stream)
    {
        var header = new JsonObject { [MetadataKey] = new JsonObject(Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) };
        long offset = 0;
        foreach (var (name, tensor) in Tensors)
        {
            var end = offset + ((long)tensor.Values.Length * sizeof(float));
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(side => (JsonNode)side)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var padding = (HeaderAlignment - (text.Length % HeaderAlignment)) % HeaderAlignment;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length + padding);
        stream.Write(length);
        stream.Write(text);
        stream.Write("       "u8[..padding]);
        foreach (var tensor in Tensors.Values)
            stream.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="InputException">Not a safetensors file, cut short, larger than 2 GB, or with other values than floats.</exception>
    public static SafeTensors Read(Stream stream, string source)
    {
        if (stream.CanSeek && stream.Length > Array.MaxLength)
            throw new InputException($"{source}: has {stream.Length} bytes; more than {Array.MaxLength} are not read.");
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Max(0, stream.Length - stream.Position) : 0);
        stream.CopyTo(content);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        var headerLength = bytes.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (headerLength is < 2 or > LongestHeader)
            throw new InputException($"{source}: not a safetensors file.");
        if (8 + headerLength > bytes.Length)
            throw new InputException($"{source}: cut short; the header needs {8 + headerLength} bytes, the file has {bytes.Length}.");
        try
        {
            using var header = JsonDocument.Parse(bytes.Slice(8, (int)headerLength).ToArray());
            var data = bytes[(8 + (int)headerLength)..];
            var tensors = new Dictionary<string, StoredTensor>();
            var metadata = new Dictionary<string, string>();
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.NameEquals(MetadataKey))
                    metadata = entry.Value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "");
                else
                    tensors.Add(entry.Name, ReadTensor(entry, data, source));
            }

            return new(tensors, metadata);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or OverflowException)
        {
            throw new InputException($"{source}: not a safetensors file; its header is broken: {broken.Message}", broken);
        }
    }

    /// <summary>Reads the free text of a file without its tensors; null where it is no such file.</summary>
    /// <param name="stream">The bytes.</param>
    public static IReadOnlyDictionary<string, string>? TryReadMetadata(Stream stream)
    {
        try
        {
            Span<byte> length = stackalloc byte[8];
            stream.ReadExactly(length);
            if (BinaryPrimitives.ReadInt64LittleEndian(length) is var headerLength && headerLength is < 2 or > LongestHeader || (stream.CanSeek && headerLength > stream.Length - 8))
                return null;
            var bytes = new byte[headerLength];
            stream.ReadExactly(bytes);
            using var header = JsonDocument.Parse(bytes);
            return header.RootElement.GetProperty(MetadataKey).EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "");
        }
        catch (Exception other) when (other is EndOfStreamException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    private static StoredTensor ReadTensor(JsonProperty entry, ReadOnlySpan<byte> data, string source)
    {
        var name = entry.Value.GetProperty("dtype").GetString();
        var type = name switch
        {
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            "I64" => ElementType.Int64,
            _ => throw new InputException($"{source}: tensor \"{entry.Name}\" is {name}; expected F16, BF16, F32 or F64."),
        };
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        long[] range = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        var expected = shape.Aggregate((long)type.Size(), (product, side) => checked(product * side));
        if (range.Length != 2 || range[0] < 0 || range[1] - range[0] != expected || shape.Any(side => side < 0))
            throw new InputException($"{source}: tensor \"{entry.Name}\" has a byte range that does not fit its shape.");
        if (range[1] > data.Length)
            throw new InputException($"{source}: cut short; tensor \"{entry.Name}\" ends at byte {range[1]} of {data.Length}.");
        return new(shape, type.ToSingles(data[(int)range[0]..(int)range[1]]));
    }
}
