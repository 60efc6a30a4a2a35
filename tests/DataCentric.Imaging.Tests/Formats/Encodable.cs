using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Encodes pictures with SkiaSharp itself, apart from the code under test.</summary>
internal static class Encodable
{
    public static SKBitmap Bitmap(int height, int width, Func<int, int, SKColor> colour, SKAlphaType alpha = SKAlphaType.Opaque)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        }

        return bitmap;
    }

    public static byte[] Png(SKBitmap bitmap) => Encode(bitmap, SKEncodedImageFormat.Png);

    public static byte[] Jpeg(SKBitmap bitmap) => Encode(bitmap, SKEncodedImageFormat.Jpeg);

    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int height, int width, byte value)
    {
        using var bitmap = Bitmap(height, width, (_, _) => new SKColor(value, value, value));
        return Png(bitmap);
    }

    /// <summary>A PNG of 16-bit grey samples, all equal, by the letter of the PNG specification.</summary>
    public static byte[] Png16(int side, ushort value)
    {
        byte[] row = [0, .. Enumerable.Repeat(new[] { (byte)(value >> 8), (byte)value }, side).SelectMany(sample => sample)];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write([.. Enumerable.Repeat(row, side).SelectMany(bytes => bytes)]);
        byte[] header = [0, 0, 0, (byte)side, 0, 0, 0, (byte)side, 16, 0, 0, 0, 0];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A JPEG file with the tag Orientation, 0x0112, in an APP1 segment (Exif 2.32, section 4.6).</summary>
    public static byte[] Turned(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var crc = uint.MaxValue;
        foreach (var value in body)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), ~crc);
        return chunk;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
