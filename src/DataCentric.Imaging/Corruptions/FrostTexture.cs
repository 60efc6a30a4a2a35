using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>A picture of frost that windows are cut from.</summary>
internal sealed class FrostTexture
{
    /// <summary>Wraps the pixels.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pixels">Height x width x 3 bytes, RGB.</param>
    /// <param name="enlarged">How much larger the pixels are than those of the photograph they stand for.</param>
    public FrostTexture(int height, int width, byte[] pixels, double enlarged) =>
        (Height, Width, Pixels, Enlarged) = (height, width, pixels, enlarged);

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Height x width x 3 bytes, RGB.</summary>
    public byte[] Pixels { get; }

    /// <summary>How much larger the picture is than the photograph it stands for.</summary>
    public double Enlarged { get; }

    /// <summary>
    /// The picture as imagecorruptions 1.1.2 scales it: enlarged until it covers the image, never reduced, then by 1.1, cubic.
    /// </summary>
    /// <param name="image">Height and width of the image.</param>
    public FrostTexture Covering(ImageShape image)
    {
        var scale = 1.1 * Math.Max(1, Cover(image));
        if (Math.Abs(scale - Enlarged) < 1e-9)
            return this;
        var (height, width) = ((int)Math.Ceiling(Height / Enlarged * scale), (int)Math.Ceiling(Width / Enlarged * scale));
        var values = new float[Pixels.Length];
        Primitives.Pixels.ToFloat(Pixels, values);
        var resized = new float[height * width * 3];
        CubicResize.Resize(values, new(Height, height), new(Width, width), resized, new CorruptionScratch(), channels: 3);
        var bytes = new byte[resized.Length];
        Primitives.Pixels.Round8(resized, bytes);
        return new(height, width, bytes, scale);
    }

    /// <summary>
    /// The picture as CIFAR-10-C scales it, by 0.2 for images of 32 pixels, in proportion for larger ones, and at least so that it
    /// covers the image by 1.1, linear between pixels.
    /// </summary>
    /// <param name="image">Height and width of the image.</param>
    public FrostTexture Reduced(ImageShape image)
    {
        const double ReferenceSide = 32;
        var scale = Math.Max(0.2 * Math.Max(1, int.Max(image.Height, image.Width) / ReferenceSide), 1.1 * Cover(image));
        var (height, width) = ((int)Math.Round(Height / Enlarged * scale), (int)Math.Round(Width / Enlarged * scale));
        var bytes = new byte[height * width * 3];
        LinearResize.Resize(Pixels, new(Height, Width), bytes, new(height, width), new CorruptionScratch());
        return new(height, width, bytes, scale);
    }

    // The scale at which the photograph just covers the image.
    private double Cover(ImageShape image) => Math.Max(image.Height / (Height / Enlarged), image.Width / (Width / Enlarged));
}
