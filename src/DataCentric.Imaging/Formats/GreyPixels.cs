namespace DataCentric.Imaging.Formats;

/// <summary>
/// Grey images as RGB ones: three equal channels. 28x28, the size of the MNIST family, becomes 32x32 by two rows and columns of zeros on
/// every side; other sizes are kept.
/// </summary>
/// <param name="height">Rows of a grey image.</param>
/// <param name="width">Its columns.</param>
internal sealed class GreyPixels(int height, int width)
{
    private const int MnistSide = 28;

    private readonly int _padding = (height, width) == (MnistSide, MnistSide) ? 2 : 0;

    /// <summary>Bytes of a grey image.</summary>
    public int ByteLength => height * width;

    /// <summary>Shape of the RGB image.</summary>
    public ImageShape Shape => new(height + (2 * _padding), width + (2 * _padding));

    /// <summary>Makes an image RGB.</summary>
    /// <param name="grey">H x W bytes.</param>
    /// <param name="rgb">The image, zeros as yet.</param>
    public void Expand(ReadOnlySpan<byte> grey, Span<byte> rgb)
    {
        for (var y = 0; y < height; y++)
        {
            var start = (((y + _padding) * Shape.Width) + _padding) * ImageShape.Channels;
            var row = rgb.Slice(start, width * ImageShape.Channels);
            for (var x = 0; x < width; x++)
                row.Slice(x * ImageShape.Channels, ImageShape.Channels).Fill(grey[(y * width) + x]);
        }
    }
}
