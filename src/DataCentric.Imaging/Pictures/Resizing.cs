using DataCentric.Imaging.Reading;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace DataCentric.Imaging.Pictures;

/// <summary>
/// Brings decoded images to a size (SixLabors.ImageSharp 2.1). What is made smaller is smoothed first: filters grow by the factor, as those of
/// Pillow's <c>Image.resize</c> do, and values are in sRGB, not linear light, as there. Sizes and middle are those of torchvision's
/// <c>Resize</c> and <c>CenterCrop</c>.
/// </summary>
internal static class Resizing
{
    // Images are shared out to threads one by one; an image has one.
    private static readonly Configuration OneThread = CreateConfiguration();

    /// <summary>Resizes an image.</summary>
    /// <param name="rgb">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="options">Rule, which is there, filter and colour of the padding.</param>
    /// <returns>Bytes of the shape that the rule names.</returns>
    public static byte[] Apply(byte[] rgb, ImageShape shape, ReadingOptions options)
    {
        var (target, fit) = (options.Resize!.Shape, options.Resize.Fit);
        if (shape == target)
            return rgb;
        var scaled = Scaled(shape, target, fit);
        if (options.Interpolation == Interpolation.Nearest)
            (rgb, shape) = (Nearest(rgb, shape, scaled), scaled);
        using var image = Image.LoadPixelData<Rgb24>(OneThread, rgb, shape.Width, shape.Height);
        if (scaled != shape)
            image.Mutate(context => context.Resize(scaled.Width, scaled.Height, Sampler(options.Interpolation), compand: false));
        if (fit == ResizeFit.Crop && scaled != target)
            image.Mutate(context => context.Crop(new(Middle(scaled.Width, target.Width), Middle(scaled.Height, target.Height), target.Width, target.Height)));
        if (fit == ResizeFit.Pad && scaled != target)
            return Padded(image, target, options.Background ?? RgbColour.Black);
        var result = new byte[target.ByteLength];
        image.CopyPixelDataTo(result);
        return result;
    }

    /// <summary>The size before cutting or padding: one side is that of the target, the other in proportion, rounded down and at least 1.</summary>
    private static ImageShape Scaled(ImageShape shape, ImageShape target, ResizeFit fit)
    {
        if (fit == ResizeFit.Stretch)
            return target;
        // Height decides where height / width of the image, compared with that of the target, is smaller (crop) or larger (pad).
        var isFlatter = (long)shape.Height * target.Width < (long)target.Height * shape.Width;
        return isFlatter == (fit == ResizeFit.Crop)
            ? target with { Width = Proportional(shape.Width, target.Height, shape.Height) }
            : target with { Height = Proportional(shape.Height, target.Width, shape.Width) };
    }

    // The pixel below the middle of each new one. ImageSharp 2.1 takes that below its upper left corner, which moves the picture.
    private static byte[] Nearest(byte[] rgb, ImageShape shape, ImageShape scaled)
    {
        var result = new byte[scaled.ByteLength];
        for (var y = 0; y < scaled.Height; y++)
        {
            var row = (int)(((2L * y) + 1) * shape.Height / (2 * scaled.Height));
            for (var x = 0; x < scaled.Width; x++)
            {
                var column = (int)(((2L * x) + 1) * shape.Width / (2 * scaled.Width));
                rgb.AsSpan(((row * shape.Width) + column) * ImageShape.Channels, ImageShape.Channels).CopyTo(result.AsSpan(((y * scaled.Width) + x) * ImageShape.Channels));
            }
        }

        return result;
    }

    private static int Proportional(int side, int target, int other) => (int)Math.Max(1, (long)side * target / other);

    private static int Middle(int side, int target) => (int)Math.Round((side - target) / 2.0, MidpointRounding.ToEven);

    private static byte[] Padded(Image<Rgb24> image, ImageShape target, RgbColour colour)
    {
        var (top, left) = ((target.Height - image.Height) / 2, (target.Width - image.Width) / 2);
        using var whole = new Image<Rgb24>(OneThread, target.Width, target.Height, new Rgb24(colour.Red, colour.Green, colour.Blue));
        whole.Mutate(context => context.DrawImage(image, new Point(left, top), PixelColorBlendingMode.Normal, PixelAlphaCompositionMode.Src, 1));
        var result = new byte[target.ByteLength];
        whole.CopyPixelDataTo(result);
        return result;
    }

    private static IResampler Sampler(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => KnownResamplers.Triangle,
        Interpolation.Lanczos => KnownResamplers.Lanczos3,
        _ => KnownResamplers.Bicubic,
    };

    private static Configuration CreateConfiguration()
    {
        var configuration = Configuration.Default.Clone();
        configuration.MaxDegreeOfParallelism = 1;
        return configuration;
    }
}
