using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;
using DataCentric.Imaging.Tests.Formats;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Pictures;

public sealed class ForeignResizingTests : IDisposable
{
    private const int Side = 48;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Pillow rounds between its two passes, ImageSharp does not: off by a level here and there, by a few at sharp edges. Of nearest, Pillow adds
    // up the places of pixels in floating point: where one lies on the border of two, it may take the other one.
    [Theory]
    [InlineData("crop", Interpolation.Bicubic)]
    [InlineData("pad", Interpolation.Bicubic)]
    [InlineData("stretch", Interpolation.Bicubic)]
    [InlineData("crop", Interpolation.Bilinear)]
    [InlineData("crop", Interpolation.Lanczos)]
    [InlineData("crop", Interpolation.Nearest)]
    public async Task Decoded_turned_and_resized_pictures_are_those_of_Pillow(string fit, Interpolation interpolation)
    {
        for (var n = 0; n < 12; n++)
        {
            using var bitmap = Texture(60 + (17 * n), 190 - (7 * n), n);
            var (file, encoded) = n % 3 == 0 ? ($"{n}.png", Encodable.Png(bitmap)) : ($"{n}.jpg", Encodable.Turned(Encodable.Jpeg(bitmap), (byte)(1 + (n % 8))));
            _folder.Write($"pictures/{file}", encoded);
        }

        var options = new ReadingOptions { Resize = ResizeRule.Parse($"{Side}:{fit}"), Interpolation = interpolation };
        await ForeignReader.ResizeAsync(_folder.File("pictures"), _folder.File("raw"), $"{Side}", fit, OptionText.Write(interpolation));

        foreach (var file in Directory.GetFiles(_folder.File("pictures")))
        {
            var (rgb, _) = new PictureDecoder(options).Decode(File.ReadAllBytes(file), file);
            var expected = File.ReadAllBytes(_folder.File($"raw/{Path.GetFileName(file)}"));
            rgb.Zip(expected).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(interpolation == Interpolation.Nearest ? 3 : 0.25, file);
        }
    }

    /// <summary>Waves of several lengths and an edge: smooth and sharp, as photographs are.</summary>
    private static SKBitmap Texture(int height, int width, int seed) => Encodable.Bitmap(height, width, (x, y) =>
    {
        double Wave(double length, int phase) => Math.Sin(((x * Math.Cos(seed + phase)) + (y * Math.Sin(seed + phase))) / length);
        var edge = x > width / 3 && y < height / 2 ? 50 : 0;
        return new SKColor((byte)(100 + edge + (40 * Wave(9, 1)) + (20 * Wave(2, 2))), (byte)(90 + edge + (50 * Wave(23, 3))), (byte)(120 + (60 * Wave(5, 4))));
    });
}
