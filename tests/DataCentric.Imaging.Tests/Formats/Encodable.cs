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

    /// <summary>An 8x8 GIF of as many equal frames, in 128 levels of grey, of which the n-th pixel has the n-th; by the letter of GIF89a, without compression.</summary>
    public static byte[] Gif(int frames = 1)
    {
        byte[] pixels = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        byte[] frame = [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 8, 0, 8, 0, 0, 7, 66, 0x80, .. pixels, 0x81, 0]; // 8-bit codes: clear, pixels, end
        byte[] palette = [.. Enumerable.Range(0, 128).SelectMany(level => Enumerable.Repeat((byte)level, 3))];
        return [.. "GIF89a"u8, 8, 0, 8, 0, 0x86, 0, 0, .. palette, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    /// <summary>An 8x8 BMP of 24 bits a pixel, rows from below, of bytes 0, 1, 2 ... as they lie in the file.</summary>
    public static byte[] Bmp() =>
    [
        .. "BM"u8, 246, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], .. Enumerable.Range(0, 192).Select(i => (byte)i),
    ];

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
