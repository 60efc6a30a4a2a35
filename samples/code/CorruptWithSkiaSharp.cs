using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using SkiaSharp;

namespace Samples;

/// <summary>A picture that SkiaSharp opens, with fog over it.</summary>
public static class CorruptWithSkiaSharp
{
    public static void Run(string source, string target)
    {
        using var picture = SKBitmap.Decode(source);
        var shape = new ImageShape(picture.Height, picture.Width);
        byte[] pixels = [.. picture.Pixels.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })];
        var corrupted = Corruptions.ImageNet["fog", severity: 3].Apply(pixels, shape, seed: 7, sample: 0);
        picture.Pixels = [.. corrupted.Chunk(ImageShape.Channels).Select(rgb => new SKColor(rgb[0], rgb[1], rgb[2]))];
        using var file = File.Create(target);
        picture.Encode(file, SKEncodedImageFormat.Png, quality: 100);
    }
}
