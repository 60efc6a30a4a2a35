using DataCentric.Images;
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
        var (rows, columns) = (Height / Enlarged, Width / Enlarged);
        var scale = 1.1 * Math.Max(1, Math.Max(image.Height / rows, image.Width / columns));
        if (Math.Abs(scale - Enlarged) < 1e-9)
            return this;
        var (height, width) = ((int)Math.Ceiling(rows * scale), (int)Math.Ceiling(columns * scale));
        var values = new float[Pixels.Length];
        Primitives.Pixels.ToFloat(Pixels, values);
        var resized = new float[height * width * 3];
        CubicResize.Resize(values, new(Height, height), new(Width, width), resized, new CorruptionScratch(), channels: 3);
        var bytes = new byte[resized.Length];
        Primitives.Pixels.Round8(resized, bytes);
        return new(height, width, bytes, scale);
    }
}
