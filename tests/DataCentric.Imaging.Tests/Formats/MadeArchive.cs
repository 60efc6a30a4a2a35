using System.Formats.Tar;
using System.IO.Compression;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Makes archives in memory.</summary>
internal static class MadeArchive
{
    public static byte[] Zip(params (string Name, byte[] Bytes)[] files) => Zip(CompressionLevel.Fastest, files);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
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

    public static byte[] Tar(params (string Name, byte[] Bytes)[] files) =>
        Tar([.. files.Select(file => new PaxTarEntry(TarEntryType.RegularFile, file.Name) { DataStream = new MemoryStream(file.Bytes) })]);

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return stream.ToArray();
    }
}
