using DataCentric.Images;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Tests.Formats;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Corruptions.Primitives;

public class JpegRoundTripTests
{
    private static readonly int[] Qualities = [1, 7, 10, 12, 25, 31, 49, 50, 51, 65, 80, 92, 99, 100];

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 15)]
    [InlineData(16, 17)]
    [InlineData(23, 8)]
    [InlineData(32, 32)]
    [InlineData(33, 50)]
    [InlineData(41, 41)]
    [InlineData(97, 224)]
    public void It_is_to_the_bit_what_libjpeg_turbo_writes_and_reads(int height, int width)
    {
        var shape = new ImageShape(height, width);
        foreach (var quality in Qualities)
        {
            var jpeg = new JpegRoundTrip(shape);
            foreach (var image in Images(shape))
                ShouldBeTheCodecs(jpeg, image, shape, quality);
        }
    }

    [Fact]
    public void It_is_to_the_bit_that_of_a_thousand_photographs()
    {
        using var reader = ImageSource.Open(RealData.Cifar10("test_batch.bin"));
        var images = reader.Read(1000);
        foreach (var quality in new[] { 10, 31, 80 })
        {
            var jpeg = new JpegRoundTrip(images.Shape);
            for (var i = 0; i < images.Count; i++)
                ShouldBeTheCodecs(jpeg, images.Image(i).ToArray(), images.Shape, quality);
        }
    }

    private static void ShouldBeTheCodecs(JpegRoundTrip jpeg, byte[] image, ImageShape shape, int quality)
    {
        var ours = new byte[image.Length];
        jpeg.Apply(image, ours, JpegQuantization.OfLuma(quality), JpegQuantization.OfChroma(quality));
        var expected = ByCodec(image, shape, quality);
        var different = Enumerable.Range(0, ours.Length).Count(i => ours[i] != expected[i]);
        different.ShouldBe(0, $"{shape} at quality {quality}");
    }

    /// <summary>Noise, black and white noise, which reaches beyond all limits, a slope and one colour.</summary>
    private static IEnumerable<byte[]> Images(ImageShape shape)
    {
        var noise = Made.Bytes(shape.ByteLength, 1);
        yield return noise;
        yield return [.. noise.Select(value => (byte)(value < 128 ? 0 : 255))];
        yield return [.. Enumerable.Range(0, shape.ByteLength).Select(i => (byte)(((i / 3 % shape.Width * 7) + (i % 3 * 90) + (i / (3 * shape.Width) * 3)) % 256))];
        yield return [.. Enumerable.Range(0, shape.ByteLength).Select(i => (byte)(i % 3 == 0 ? 250 : 9))];
    }

    private static byte[] ByCodec(byte[] image, ImageShape shape, int quality)
    {
        using var bitmap = Encodable.Bitmap(shape.Height, shape.Width, (x, y) =>
        {
            var pixel = image.AsSpan(3 * ((y * shape.Width) + x), 3);
            return new(pixel[0], pixel[1], pixel[2]);
        });
        using var pixmap = bitmap.PeekPixels();
        using var encoded = pixmap.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore));
        using var decoded = SKBitmap.Decode(encoded, new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        return [.. decoded.GetPixelSpan().ToArray().Where((_, i) => i % 4 != 3)];
    }
}
