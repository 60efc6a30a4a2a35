namespace DataCentric.Imaging.Duplicates;

/// <summary>Sums over an image and over 8 x 8 blocks of it: block (i, j) has the rows y with 8 y / H = i, the columns x with 8 x / W = j.</summary>
internal sealed class BlockSums
{
    /// <summary>Number of blocks.</summary>
    public const int Count = Side * Side;

    private const int Side = CosineTransform.Side;

    /// <summary>Adds up.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width, each at least 8.</param>
    public BlockSums(ReadOnlySpan<byte> image, ImageShape shape)
    {
        for (var y = 0; y < shape.Height; y++)
        {
            var row = image.Slice(y * shape.Width * ImageShape.Channels, shape.Width * ImageShape.Channels);
            for (var column = 0; column < Side; column++)
            {
                var (first, end) = (First(column, shape.Width), First(column + 1, shape.Width));
                Add(row[(first * ImageShape.Channels)..(end * ImageShape.Channels)], (y * Side / shape.Height * Side) + column);
            }
        }
    }

    /// <summary>Of all values.</summary>
    public long Sum { get; private set; }

    /// <summary>Of the squares of all values.</summary>
    public long Squares { get; private set; }

    /// <summary>For each block the sum of its red, green and blue values.</summary>
    public int[] Sums { get; } = new int[Count * ImageShape.Channels];

    /// <summary>For each block the number of its pixels.</summary>
    public int[] Pixels { get; } = new int[Count];

    private static int First(int block, int length) => ((block * length) + Side - 1) / Side;

    private void Add(ReadOnlySpan<byte> pixels, int block)
    {
        var (red, green, blue, squares) = (0, 0, 0, 0L);
        for (var i = 0; i < pixels.Length; i += ImageShape.Channels)
        {
            int r = pixels[i], g = pixels[i + 1], b = pixels[i + 2];
            (red, green, blue) = (red + r, green + g, blue + b);
            squares += (r * r) + (g * g) + (b * b);
        }

        var sums = Sums.AsSpan(block * ImageShape.Channels, ImageShape.Channels);
        (sums[0], sums[1], sums[2]) = (sums[0] + red, sums[1] + green, sums[2] + blue);
        Pixels[block] += pixels.Length / ImageShape.Channels;
        Sum += red + green + blue;
        Squares += squares;
    }
}
