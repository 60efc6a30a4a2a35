using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Reads float32 arrays from a NumPy archive (zip of npy files, format 1.0, C order).</summary>
internal static partial class NpzReader
{
    public static Dictionary<string, StoredTensor> Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => Path.GetFileNameWithoutExtension(entry.Name), ReadArray);
    }

    private static StoredTensor ReadArray(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(content);
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        var headerLength = BitConverter.ToUInt16(bytes[8..]);
        var header = Header().Match(System.Text.Encoding.ASCII.GetString(bytes.Slice(10, headerLength)));
        header.Groups["type"].Value.ShouldBe("<f4", entry.Name);
        long[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse)];
        return new(shape, MemoryMarshal.Cast<byte, float>(bytes[(10 + headerLength)..]).ToArray());
    }

    [GeneratedRegex(@"'descr': '(?<type>[^']+)', 'fortran_order': False, 'shape': \((?<shape>[^)]*)\)")]
    private static partial Regex Header();
}
