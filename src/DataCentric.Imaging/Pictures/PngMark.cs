using System.Buffers.Binary;
using System.IO.Hashing;

namespace DataCentric.Imaging.Pictures;

/// <summary>Says in a PNG file who made it: the keyword Software of a tEXt chunk (W3C PNG, third edition, section 11.3.3.2) behind the header.</summary>
internal static class PngMark
{
    private const int HeaderEnd = 8 + 25; // the signature; IHDR with its length, type and CRC

    private static readonly byte[] Chunk = Make("Software\0datacentric"u8);

    /// <summary>A file with the mark; its pixels are the same.</summary>
    /// <param name="png">The file without it.</param>
    public static byte[] Add(byte[] png) => [.. png.AsSpan(0, HeaderEnd), .. Chunk, .. png.AsSpan(HeaderEnd)];

    /// <summary>Whether a file has the mark.</summary>
    /// <param name="file">Any file.</param>
    public static bool Is(Stream file)
    {
        var head = new byte[HeaderEnd + Chunk.Length];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan(HeaderEnd).SequenceEqual(Chunk);
    }

    private static byte[] Make(ReadOnlySpan<byte> text)
    {
        byte[] chunk = [0, 0, 0, 0, .. "tEXt"u8, .. text, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, text.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(chunk.AsSpan(4, text.Length + 4)));
        return chunk;
    }
}
