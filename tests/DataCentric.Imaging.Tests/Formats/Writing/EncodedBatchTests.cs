using DataCentric.Images;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Tests.Formats.Writing;

public class EncodedBatchTests
{
    private static readonly ImageShape Shape = new(40, 56);

    [Theory]
    [InlineData("png", 0)]
    [InlineData("jpeg:95", 3)]
    [InlineData("jpeg:30", 12)]
    [InlineData("webp:90", 6)]
    public void Pictures_are_read_again_with_pixels_as_near_as_the_quality_says(string text, double most)
    {
        var (images, encoding) = (Smooth(3), ImageEncoding.Parse(text));

        var files = EncodedBatch.Encode(images, _ => encoding);

        for (var i = 0; i < images.Count; i++)
        {
            var pixels = RgbImage.Decode(files[i].Bytes, "x", out var shape);
            shape.ShouldBe(Shape);
            var difference = pixels.Zip(images.Image(i).ToArray(), (a, b) => Math.Abs(a - b)).Average();
            difference.ShouldBeInRange(most > 0 ? 1e-9 : 0, most);
        }

        EncodedBatch.Encode(images, _ => encoding).Select(file => Convert.ToBase64String(file.Bytes)).ShouldBe(files.Select(file => Convert.ToBase64String(file.Bytes)));
        encoding.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("png", "png", ".png")]
    [InlineData("jpeg:95", "png", ".png")]
    [InlineData("webp:90", "webp:lossless", ".webp")]
    public void Noise_that_must_stay_stays_to_the_last_level(string text, string lossless, string ending)
    {
        var images = new ImageSet(Shape, Made.Bytes(2 * Shape.ByteLength), [0, 0], ["a", "b"]);
        var encoding = ImageEncoding.Parse(text).Lossless;

        var files = EncodedBatch.Encode(images, _ => encoding);

        encoding.ToString().ShouldBe(lossless);
        encoding.Ending.ShouldBe(ending);
        for (var i = 0; i < images.Count; i++)
            RgbImage.Decode(files[i].Bytes, "x", out _).ShouldBe(images.Image(i).ToArray());
    }

    [Fact]
    public void Coloured_noise_stays_in_a_JPEG_file()
    {
        var images = new ImageSet(Shape, Made.Bytes(Shape.ByteLength), [0], ["a"]);

        var pixels = RgbImage.Decode(EncodedBatch.Encode(images, _ => ImageEncoding.Parse("jpeg:95"))[0].Bytes, "x", out _);

        pixels.Zip(images.Pixels, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(6); // 50 with chroma at half resolution
    }

    [Theory]
    [InlineData("")]
    [InlineData("jpeg")]
    [InlineData("jpg:90")]
    [InlineData("jpeg:0")]
    [InlineData("jpeg:101")]
    [InlineData("webp:90:1")]
    [InlineData("webp:lossless")]
    [InlineData("png:9")]
    public void What_is_no_encoding_is_refused(string text) =>
        Should.Throw<InputException>(() => ImageEncoding.Parse(text)).Message.ShouldStartWith($"--image-format {text}: expected png, or jpeg or webp with a quality of 1 to 100");

    private static ImageSet Smooth(int count)
    {
        var pixels = new byte[count * Shape.ByteLength];
        for (var at = 0; at < pixels.Length; at++)
            pixels[at] = (byte)(128 + (100 * Math.Sin((at / 3 % Shape.Width / 9.0) + (at / 3 / Shape.Width / 7.0) + (at % 3))));
        return new(Shape, pixels, new int[count], new string[count]);
    }
}
