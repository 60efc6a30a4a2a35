using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;
using DataCentric.Imaging.Tests.Formats;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Pictures;

public class PictureDecoderTests
{
    private const int Height = 16;
    private const int Width = 24;

    // Exif 2.32, tag 0x0112: where row 0 and column 0 of the stored picture are shown.
    [Theory]
    [InlineData(1, "top left", false)]
    [InlineData(2, "top right", false)]
    [InlineData(3, "bottom right", false)]
    [InlineData(4, "bottom left", false)]
    [InlineData(5, "top left", true)]
    [InlineData(6, "top right", true)]
    [InlineData(7, "bottom right", true)]
    [InlineData(8, "bottom left", true)]
    public void Every_orientation_is_turned_upright(byte orientation, string first, bool onItsSide)
    {
        // The first quarter of the first row is red, the rest of it green.
        using var bitmap = Encodable.Bitmap(Height, Width, (x, y) => x < 8 && y < 8 ? SKColors.Red : y < 8 ? SKColors.Lime : SKColors.Black);

        var (rgb, shape) = new PictureDecoder(default).Decode(Encodable.Turned(Encodable.Jpeg(bitmap), orientation), "x");

        shape.ShouldBe(onItsSide ? new ImageShape(Width, Height) : new(Height, Width));
        var (top, left) = (first.StartsWith("top", StringComparison.Ordinal), first.EndsWith("left", StringComparison.Ordinal));
        At(top ? 2 : shape.Height - 3, left ? 2 : shape.Width - 3).ShouldBe("red");
        // Along the stored row: the other end of the row that is shown, or of the column where the picture lies on its side.
        At(top == !onItsSide ? 2 : shape.Height - 3, left == onItsSide ? 2 : shape.Width - 3).ShouldBe("green");

        string At(int y, int x)
        {
            var pixel = rgb.AsSpan(((y * shape.Width) + x) * 3, 3);
            return pixel[0] > 150 ? "red" : pixel[1] > 150 ? "green" : "black";
        }
    }

    [Theory]
    [InlineData("white", 128, 100, 177)]
    [InlineData("black", 128, 100, 50)]
    [InlineData("ff8000", 0, 100, 255)]
    public void Transparent_pixels_are_laid_on_the_background(string background, byte alpha, byte colour, byte expected)
    {
        using var bitmap = Encodable.Bitmap(8, 8, (_, _) => new SKColor(colour, colour, colour, alpha), SKAlphaType.Unpremul);
        var decoder = new PictureDecoder(new() { Background = RgbColour.Parse(background) });

        var rgb = decoder.Decode(Encodable.Png(bitmap), "x").Rgb;

        rgb[0].ShouldBe(expected); // (alpha c + (255 - alpha) b) / 255
        decoder.Statistics.Remarks.ShouldBe(["1 picture, x, is transparent and was laid on the background."]);
    }

    [Fact]
    public void A_size_is_asked_for_where_pixels_are_more_than_any_camera_has()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16_384, 8_200, SKColorType.Gray8, SKAlphaType.Opaque));
        var png = Encodable.Png(bitmap);

        Should.Throw<InputException>(() => new PictureDecoder(new() { Resize = new(new(8, 8)) }).Decode(png, "x")).Message
            .ShouldBe("x: is 8200x16384; expected at most 128 megapixels.");
    }
}
