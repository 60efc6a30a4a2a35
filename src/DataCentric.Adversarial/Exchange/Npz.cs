using System.IO.Compression;
using System.Runtime.InteropServices;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Archives;
using DataCentric.Npy;

namespace DataCentric.Adversarial.Exchange;

/// <summary>NumPy's archive of arrays (numpy.savez, numpy.savez_compressed): a zip file with one npy file for each name.</summary>
internal static class Npz
{
    private const string Extension = ".npy";
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the first that a zip file can tell

    /// <summary>Reads all arrays.</summary>
    /// <param name="archive">The opened file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InputException">An array is broken or of a type that is not a number.</exception>
    public static Dictionary<string, StoredTensor> Read(CheckedZip archive, string source) =>
        archive.Files.ToDictionary(entry => entry.FullName[..^Extension.Length], entry => ReadArray(archive, entry, $"{source}, array \"{entry.FullName}\""));

    /// <summary>Whether an archive holds arrays and nothing else.</summary>
    /// <param name="archive">The opened file.</param>
    public static bool Is(CheckedZip archive) =>
        archive.Files.Count > 0 && archive.Files.All(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal));

    /// <summary>Writes arrays as numpy.savez does; the same arrays give the same bytes.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="tensors">Tensors by name.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, tensor) in tensors)
        {
            var entry = zip.CreateEntry(name + Extension, CompressionLevel.NoCompression);
            entry.LastWriteTime = NoTime;
            using var content = entry.Open();
            content.Write(NpyHeader.For(NpyDType.F4, [.. tensor.Shape.Select(side => (int)side)]).ToBytes());
            content.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
        }
    }

    private static StoredTensor ReadArray(CheckedZip archive, ZipArchiveEntry entry, string source)
    {
        var bytes = archive.Read(entry);
        var header = NpyHeader.Read(new MemoryStream(bytes), source);
        header.CheckFileLength(bytes.Length, source);
        long[] shape = [.. header.Shape.Select(side => (long)side)];
        var (type, start) = (header.Type, header.DataOffset);
        archive.Allow(header.DataLength / type.Size, sizeof(float), $"array \"{entry.FullName}\"");
        if (type == NpyDType.F4 && !header.FortranOrder)
            return new(shape, ElementType.Float32.ToSingles(bytes.AsSpan(start)));
        var layout = header.FortranOrder ? StridedLayout.ColumnMajor(shape) : StridedLayout.RowMajor(shape);
        return new(shape, layout.Gather(place => (float)type.ToDouble(bytes.AsSpan(start + (int)(place * type.Size), type.Size))));
    }
}
