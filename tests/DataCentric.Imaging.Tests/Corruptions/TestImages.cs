using DataCentric.Images;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>The images that the reference values were taken on.</summary>
internal static class TestImages
{
    public static ImageShape Shape { get; } = new(32, 32);

    /// <summary>R = 8x, G = 8y, B = 8 ((x xor y) and 31).</summary>
    public static byte[] Syn { get; } = Of((y, x) => ((byte)(8 * x), (byte)(8 * y), (byte)(8 * ((x ^ y) & 31))));

    public static byte[] Grey { get; } = Of((_, _) => (128, 128, 128));

    public static byte[] Black { get; } = Of((_, _) => (0, 0, 0));

    public static byte[] Of(Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var image = new byte[Shape.ByteLength];
        for (var i = 0; i < Shape.PixelCount; i++)
            (image[3 * i], image[(3 * i) + 1], image[(3 * i) + 2]) = colour(i / 32, i % 32);
        return image;
    }

    /// <summary>An image of any shape with edges, gradients and fine detail.</summary>
    public static byte[] Scene(ImageShape shape)
    {
        var image = new byte[shape.ByteLength];
        for (var i = 0; i < image.Length; i++)
        {
            var (y, x, channel) = (i / 3 / shape.Width, i / 3 % shape.Width, i % 3);
            image[i] = (byte)(128 + (60 * Math.Sin((x + (7 * channel)) / 5.0)) + (y * 4 / shape.Height * 15) + (((x / 3) ^ (y / 2)) & 7));
        }

        return image;
    }

    public static byte[] Pixel(ReadOnlySpan<byte> image, int y, int x) => image.Slice(3 * ((y * 32) + x), 3).ToArray();

    public static double Mean(ReadOnlySpan<byte> image)
    {
        var sum = 0L;
        foreach (var value in image)
            sum += value;
        return (double)sum / image.Length;
    }
}
