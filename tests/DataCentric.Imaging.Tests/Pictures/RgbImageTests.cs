using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Tests.Formats;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Pictures;

public class RgbImageTests
{
    [Fact]
    public void Png_gives_back_every_byte() =>
        Gen.Select(Gen.Int[8, 40], Gen.Int[8, 40], Gen.Int[0, 1000]).Sample(
            (height, width, seed) =>
            {
                var shape = new ImageShape(height, width);
                var pixels = Made.Bytes(shape.ByteLength, seed);
                var png = RgbImage.EncodePng(pixels, shape);

                new PictureDecoder(default).Measure(png, "x").ShouldBe(shape);
                RgbImage.Decode(png, "x", out var found).ShouldBe(pixels);
                found.ShouldBe(shape);
                png[25].ShouldBe((byte)2); // IHDR, colour type: RGB without alpha
            },
            iter: 40);

    [Fact]
    public void Equal_pixels_give_equal_png_bytes()
    {
        var pixels = Made.Bytes(32 * 32 * 3);

        RgbImage.EncodePng(pixels, new(32, 32)).ShouldBe(RgbImage.EncodePng([.. pixels], new(32, 32)));
    }

    [Fact]
    public void Jpeg_is_decoded_near_to_what_was_encoded()
    {
        using var bitmap = Encodable.Bitmap(16, 24, (x, y) => new SKColor((byte)(x * 10), (byte)(y * 15), 128));
        var pixels = RgbImage.Decode(Encodable.Jpeg(bitmap), "x.jpg", out var shape);

        shape.ShouldBe(new ImageShape(16, 24));
        for (var i = 0; i < shape.PixelCount; i++)
        {
            var wanted = bitmap.GetPixel(i % 24, i / 24);
            Math.Abs(pixels[3 * i] - wanted.Red).ShouldBeLessThan(12);
            Math.Abs(pixels[(3 * i) + 1] - wanted.Green).ShouldBeLessThan(12);
            Math.Abs(pixels[(3 * i) + 2] - wanted.Blue).ShouldBeLessThan(12);
        }
    }

    [Fact]
    public void Grey_becomes_three_equal_channels()
    {
        using var grey = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Gray8, SKAlphaType.Opaque));
        Made.Bytes(64).CopyTo(grey.GetPixelSpan());
        var png = Encodable.Png(grey);

        png[25].ShouldBe((byte)0); // IHDR, colour type: grey
        RgbImage.Decode(png, "x", out _).ShouldBe(Made.Bytes(64).SelectMany(value => new[] { value, value, value }));
    }

    [Theory]
    [InlineData(0x12FF, 0x12)]
    [InlineData(0xFE80, 0xFE)]
    [InlineData(0xFFFF, 0xFF)]
    public void Samples_of_16_bits_keep_their_upper_byte(int stored, int read) =>
        RgbImage.Decode(Encodable.Png16(8, (ushort)stored), "x", out _).ShouldAllBe(value => value == read);

    [Fact]
    public void A_colour_profile_does_not_change_the_values()
    {
        var wide = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Linear, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque, wide));
        bitmap.Erase(new SKColor(10, 100, 200));
        byte[] stored = [.. bitmap.GetPixelSpan()[..3]];

        var png = Encodable.Png(bitmap);

        System.Text.Encoding.Latin1.GetString(png).ShouldContain("iCCP");
        RgbImage.Decode(png, "x", out _)[..3].ShouldBe(stored);
    }

    [Fact]
    public void A_transparent_pixel_is_refused_and_named()
    {
        using var bitmap = Encodable.Bitmap(
            8, 8, (x, y) => new SKColor(1, 2, 3, (byte)(x == 5 && y == 2 ? 254 : 255)), SKAlphaType.Unpremul);

        Should.Throw<InputException>(() => RgbImage.Decode(Encodable.Png(bitmap), "cat/a.png", out _)).Message
            .ShouldStartWith("cat/a.png: the pixel at row 2, column 5 is not opaque (alpha 254)");
    }

    [Fact]
    public void An_alpha_channel_that_is_opaque_is_dropped()
    {
        using var bitmap = Encodable.Bitmap(8, 8, (_, _) => new SKColor(1, 2, 3), SKAlphaType.Unpremul);
        var png = Encodable.Png(bitmap);

        png[25].ShouldBe((byte)6); // IHDR, colour type: RGB with alpha
        RgbImage.Decode(png, "x", out _)[..3].ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Another_format_noise_and_truncation_are_refused()
    {
        using var bitmap = Encodable.Bitmap(40, 40, (x, y) => new SKColor((byte)(x * y), (byte)x, (byte)y));
        var png = Encodable.Png(bitmap);
        byte[] icon = [0, 0, 1, 0, 1, 0, 40, 40, 0, 0, 1, 0, 32, 0, .. BitConverter.GetBytes(png.Length), 22, 0, 0, 0, .. png];

        Should.Throw<InputException>(() => RgbImage.Decode(icon, "x", out _))
            .Message.ShouldContain("x: is a Ico image");
        Should.Throw<InputException>(() => RgbImage.Decode(Made.Bytes(100), "x", out _))
            .Message.ShouldContain("expected PNG, JPEG, WebP, BMP or GIF");
        Should.Throw<InputException>(() => RgbImage.Decode([], "x", out _)).Message.ShouldContain("expected PNG, JPEG, WebP, BMP or GIF");
        Should.Throw<InputException>(() => RgbImage.Decode(png.AsSpan(0, png.Length / 2), "x", out _))
            .Message.ShouldContain("broken or truncated");
        var jpeg = Encodable.Jpeg(bitmap);
        Should.Throw<InputException>(() => RgbImage.Decode(jpeg.AsSpan(0, jpeg.Length / 2), "x", out _))
            .Message.ShouldContain("broken or truncated");
    }

    [Fact]
    public void A_progressive_jpeg_is_refused_wherever_it_is_cut()
    {
        // Made by Pillow 9.4: a 16x16 picture of ten scans, which decoders show scan by scan.
        var jpeg = Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT0" +
            "9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAQABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABAX/xAAVAQEBAAAAAAAAAAAAAAAAAAABBP/a" +
            "AAwDAQACEAMQAAABjtW+Z//EABYQAAMAAAAAAAAAAAAAAAAAAAACA//aAAgBAQABBQJZizEmJM//xAAVEQEBAAAAAAAAAAAAAAAAAAAEAP/aAAgBAwEBPwEyb//EABcRAAMBAAAAAAAAAAAAAAAAAA" +
            "ABAhL/2gAIAQIBAT8BVaP/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAY/Ah//xAAVEAEBAAAAAAAAAAAAAAAAAAAAYf/aAAgBAQABPyGaaKL/2gAMAwEAAgADAAAAELf/xAAWEQEBAQAAAAAA" +
            "AAAAAAAAAAARACH/2gAIAQMBAT8QM2//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EF//xAAVEAEBAAAAAAAAAAAAAAAAAAAAMf/aAAgBAQABPxCRMgRP/9k=");

        RgbImage.Decode(jpeg, "x", out var shape).Length.ShouldBe(shape.ByteLength);
        RgbImage.Decode([.. jpeg, 0, 1, 2], "x", out _).Length.ShouldBe(shape.ByteLength); // what cameras append
        for (var length = 0; length < jpeg.Length; length++)
            Should.Throw<InputException>(() => RgbImage.Decode(jpeg.AsSpan(0, length), "x", out _), $"{length} bytes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_an_animation_the_first_frame_is_read(int frames) =>
        RgbImage.Decode(Encodable.Gif(frames), "x.gif", out _).ShouldBe(Enumerable.Range(0, 64).SelectMany(i => new[] { (byte)i, (byte)i, (byte)i }));

    [Fact]
    public void Rows_of_a_bitmap_file_come_from_below_and_blue_first()
    {
        var pixels = RgbImage.Decode(Encodable.Bmp(), "x.bmp", out _);

        pixels[..3].ShouldBe([170, 169, 168]);
        pixels[^3..].ShouldBe([23, 22, 21]);
    }

    [Fact]
    public void A_side_that_is_too_long_is_refused_before_decoding()
    {
        using var bitmap = new SKBitmap(1025, 8, isOpaque: true);

        Should.Throw<InputException>(() => RgbImage.Decode(Encodable.Png(bitmap), "x", out _))
            .Message.ShouldContain("x: is 8x1025");
    }
}
