using System.Formats.Tar;
using System.IO.Compression;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Makes archives in memory.</summary>
internal static class MadeArchive
{
    public static byte[] Zip(params (string Name, byte[] Bytes)[] files) => MadeZip.Of(CompressionLevel.Fastest, files);

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
