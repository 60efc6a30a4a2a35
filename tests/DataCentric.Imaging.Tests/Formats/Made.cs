using System.Buffers.Binary;
using System.IO.Compression;
using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Makes files of the formats by the letter of their description, apart from the code under test.</summary>
internal static class Made
{
    /// <summary>Bytes that differ from image to image and from channel to channel.</summary>
    public static byte[] Bytes(int length, int seed = 1) => Sequence(length, (uint)seed * 2654435761u + 1);

    /// <summary>One CIFAR-10 record: the label, then planes R, G, B.</summary>
    public static byte[] CifarRecord(int label, byte[] interleaved, int? coarse = null)
    {
        byte[] labels = coarse is { } c ? [(byte)c, (byte)label] : [(byte)label];
        byte[] planes = [.. from channel in Enumerable.Range(0, 3) from p in Enumerable.Range(0, 1024) select interleaved[(3 * p) + channel]];
        return [.. labels, .. planes];
    }

    /// <summary>A file of CIFAR-10 records with these labels.</summary>
    public static byte[] Cifar(params int[] labels) => [.. labels.SelectMany((label, i) => CifarRecord(label, Bytes(3072, i)))];

    /// <summary>A file of CIFAR-100 records with these fine labels.</summary>
    public static byte[] Cifar100(params int[] labels) =>
        [.. labels.SelectMany((label, i) => CifarRecord(label, Bytes(3072, i), coarse: label / 5))];

    public static byte[] IdxImages(int count, int height, int width, byte[] grey) =>
        [0, 0, 8, 3, .. BigEndian(count), .. BigEndian(height), .. BigEndian(width), .. grey];

    public static byte[] IdxLabels(params byte[] labels) => [0, 0, 8, 1, .. BigEndian(labels.Length), .. labels];

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>A folder with data.npy of 8x8 images and the label.npy given.</summary>
    public static TempFolder NpyPair(int count, byte[] labels)
    {
        var folder = new TempFolder();
        folder.Write("data.npy", NpyFile.Make("|u1", $"({count}, 8, 8, 3)", Bytes(count * 192)));
        folder.Write("label.npy", labels);
        return folder;
    }

    /// <summary>All that is left, in batches.</summary>
    public static ImageSet ReadAll(this IImageReader reader, int batch = int.MaxValue)
    {
        var batches = new List<ImageSet>();
        while (reader.Read(batch) is { Count: > 0 } next)
            batches.Add(next);
        return new(
            reader.Info.Shape,
            [.. batches.SelectMany(b => b.Pixels)],
            [.. batches.SelectMany(b => b.Labels)],
            [.. batches.SelectMany(b => b.SourceIds)],
            reader.Info.HasSoftLabels ? [.. batches.SelectMany(b => b.SoftLabels!)] : null);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Sequence(int length, uint state)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
