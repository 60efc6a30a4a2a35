using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Tests.Formats.Writing;

public class PngFileTests
{
    [Theory]
    [InlineData(PngPacking.Huffman)]
    [InlineData(PngPacking.Stored)]
    public void Skia_decodes_the_pixels_that_were_encoded(PngPacking packing)
    {
        using var encoder = new PngFile(packing);
        Gen.Select(Gen.Int[8, 40], Gen.Int[8, 40], Gen.Int[0, 1000]).Sample(
            (height, width, seed) =>
            {
                var shape = new ImageShape(height, width);
                var pixels = Made.Bytes(shape.ByteLength, seed);

                var decoded = RgbImage.Decode(encoder.Encode(pixels, shape), "made", out var read);

                read.ShouldBe(shape);
                decoded.ShouldBe(pixels);
            },
            iter: 60, threads: 1);
    }

    [Theory]
    [InlineData(PngPacking.Huffman)]
    [InlineData(PngPacking.Stored)]
    public void Bytes_do_not_depend_on_what_was_encoded_before(PngPacking packing)
    {
        using var used = new PngFile(packing);
        var shape = new ImageShape(48, 40);
        for (var seed = 0; seed < 300; seed++)
        {
            using var fresh = new PngFile(packing);
            var pixels = seed % 3 == 0 ? new byte[shape.ByteLength] : Made.Bytes(shape.ByteLength, seed);

            used.Encode(pixels, shape).ShouldBe(fresh.Encode(pixels, shape), $"{seed}");
        }
    }

    [Fact]
    public void A_flat_image_takes_few_bytes()
    {
        using var encoder = new PngFile();

        encoder.Encode(new byte[3072], new(32, 32)).Length.ShouldBeLessThan(600);
    }

    [Fact]
    public void A_batch_is_encoded_in_its_order()
    {
        var images = new ImageSet(new(8, 8), Made.Bytes(500 * 192), new int[500], new string[500]);

        var files = PngBatch.Encode(images, PngPacking.Huffman);

        for (var i = 0; i < images.Count; i++)
            RgbImage.Decode(files[i], "made", out _).ShouldBe(images.Image(i).ToArray());
    }

    [Fact]
    public void Bytes_of_another_shape_are_refused()
    {
        using var encoder = new PngFile();

        Should.Throw<ArgumentException>(() => encoder.Encode(new byte[100], new(8, 8)));
    }
}
