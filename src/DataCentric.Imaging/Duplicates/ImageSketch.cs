using DataCentric.Images;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// A short description of an image with which distances are bounded from below. Of the differences d of two images of P values, with
/// blocks b of n_b values each: sum_b (n_b / P) (mean of d in b)^2 &lt;= (1 / P) sum d^2, by Jensen's inequality; likewise for the mean of all.
/// </summary>
internal sealed class ImageSketch
{
    private const int Side = 4;

    /// <summary>Describes an image.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    public ImageSketch(ReadOnlySpan<byte> image, ImageShape shape)
    {
        var (sums, counts) = (new double[Side * Side * ImageShape.Channels], new int[Side * Side * ImageShape.Channels]);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < image.Length; i++)
        {
            var (pixel, channel) = (i / ImageShape.Channels, i % ImageShape.Channels);
            var (y, x) = (pixel / shape.Width * Side / shape.Height, pixel % shape.Width * Side / shape.Width);
            var block = (((y * Side) + x) * ImageShape.Channels) + channel;
            sums[block] += image[i];
            counts[block]++;
            sum += image[i];
            squares += image[i] * image[i];
        }

        var length = (double)image.Length;
        Mean = sum / length;
        Contrast = Math.Sqrt(Math.Max(0, (squares / length) - (Mean * Mean)));
        Blocks = [.. sums.Select((total, block) => (float)(total / Math.Sqrt(counts[block] * length)))];
    }

    /// <summary>Mean of all values.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of all values.</summary>
    public double Contrast { get; }

    /// <summary>Means of the blocks, each times sqrt(n_b / P): their Euclidean distance is the bound.</summary>
    public float[] Blocks { get; }
}
