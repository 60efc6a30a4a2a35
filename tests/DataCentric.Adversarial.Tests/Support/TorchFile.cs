using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Writes PyTorch checkpoints by the letter of torch/serialization.py and pickle protocol 2, apart from the code under test.</summary>
internal static class TorchFile
{
    /// <summary>A checkpoint: the pickle of this object, and storages 0, 1, ...</summary>
    public static byte[] Make(byte[] content, params byte[][] storages) => Zip(
    [
        ("archive/data.pkl", [0x80, 2, .. content, (byte)'.']),
        .. storages.Select((values, key) => ($"archive/data/{key}", values)),
        ("archive/version", [.. "3\n"u8]),
    ]);

    public static byte[] Zip(params (string Name, byte[] Content)[] files) => MadeZip.Of(CompressionLevel.NoCompression, files);

    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n"), (byte)'q', 0];

    public static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text), (byte)'q', 1];

    public static byte[] Number(long value) => value switch
    {
        >= 0 and < 256 => [(byte)'K', (byte)value],
        >= int.MinValue and <= int.MaxValue => [(byte)'J', .. BitConverter.GetBytes((int)value)],
        _ => [0x8A, 8, .. BitConverter.GetBytes(value)],
    };

    public static byte[] Real(double value)
    {
        var bytes = new byte[9];
        bytes[0] = (byte)'G';
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(item => item), (byte)'t'];

    public static byte[] Call(byte[] callee, params byte[][] arguments) => [.. callee, .. Tuple(arguments), (byte)'R'];

    public static byte[] Dict(params (string Key, byte[] Value)[] items) => [(byte)'}', .. Items(items)];

    /// <summary>collections.OrderedDict with the attribute _metadata, as Module.state_dict() gives it.</summary>
    public static byte[] StateDict(params (string Key, byte[] Value)[] items) =>
    [
        .. Call(Global("collections", "OrderedDict")), .. Items(items),
        .. Dict(("_metadata", Call(Global("collections", "OrderedDict")))), (byte)'b',
    ];

    public static byte[] Tensor(string type, int storage, long storageCount, long[] shape, long[] strides, long offset = 0) => Call(
        Global("torch._utils", "_rebuild_tensor_v2"),
        [.. Tuple(Text("storage"), Global("torch", $"{type}Storage"), Text($"{storage}"), Text("cpu"), Number(storageCount)), (byte)'Q'],
        Number(offset),
        Tuple([.. shape.Select(Number)]),
        Tuple([.. strides.Select(Number)]),
        [0x89],
        Call(Global("collections", "OrderedDict")));

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Items((string Key, byte[] Value)[] items) =>
        [(byte)'(', .. items.SelectMany(item => Text(item.Key).Concat(item.Value)), (byte)'u'];
}
