using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Samples;

/// <summary>A picture that ImageSharp opens, with frost on it.</summary>
public static class CorruptWithImageSharp
{
    public static void Run(string source, string target)
    {
        using var picture = Image.Load<Rgb24>(source);
        var shape = new ImageShape(picture.Height, picture.Width);
        var pixels = new byte[shape.ByteLength];
        picture.CopyPixelDataTo(pixels);
        var corrupted = Corruptions.ImageNet["frost", severity: 2].Apply(pixels, shape, seed: 7, sample: 0);
        using var result = Image.LoadPixelData<Rgb24>(corrupted, picture.Width, picture.Height);
        result.SaveAsPng(target);
    }
}
