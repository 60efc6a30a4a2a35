using System.IO.Compression;

namespace DataCentric.Tests;

/// <summary>Makes zip files in memory, and tells where things lie in them.</summary>
internal static class MadeZip
{
    public static byte[] Of(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The archive with each bit of the packed content of its files flipped in turn.</summary>
    /// <returns>Names of the damaged files and the same array each time, which is whole again before the next one.</returns>
    public static IEnumerable<(string Name, byte[] Archive)> WithFlippedBits(byte[] archive)
    {
        foreach (var (name, start, length) in Contents(archive))
        {
            for (var bit = 0; bit < 8 * length; bit++)
            {
                archive[start + (bit / 8)] ^= (byte)(1 << (bit % 8));
                yield return (name, archive);
                archive[start + (bit / 8)] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    /// <summary>Behind each local header of 30 bytes, a name and an extra field.</summary>
    private static List<(string Name, int Start, int Length)> Contents(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        var (found, at) = (new List<(string, int, int)>(), 0);
        foreach (var entry in zip.Entries)
        {
            at += archive.AsSpan(at).IndexOf("PK\u0003\u0004"u8);
            at += 30 + BitConverter.ToUInt16(archive, at + 26) + BitConverter.ToUInt16(archive, at + 28);
            found.Add((entry.FullName, at, (int)entry.CompressedLength));
            at += (int)entry.CompressedLength;
        }

        return found;
    }
}
