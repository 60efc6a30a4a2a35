using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Formats.Duplicates;

/// <summary>Reduces images to what near duplicates are looked for with: 32x32 levels of grey, and a short vector of their coarse structure.</summary>
internal sealed class Thumbnail
{
    /// <summary>Rows and columns of the grey picture.</summary>
    public const int Side = 32;

    /// <summary>Numbers of the vector, with three zeros at its end.</summary>
    public const int VectorLength = 96;

    private const int Grid = 8;
    private const int Block = Side / Grid;
    private const int ColourTerms = 15;
    private const float ColourWeight = 0.5f;

    /// <summary>Below this length (levels) a vector is noise: the image is nearly one colour.</summary>
    private const float LeastContrast = 12;

    private static readonly float[] Cosines = MakeCosines();
    private static readonly int[] ZigZag = [.. Enumerable.Range(0, Grid * Grid).OrderBy(i => (i / Grid) + (i % Grid)).ThenBy(i => i / Grid)];

    private readonly BoxResize? _rows;
    private readonly BoxResize? _columns;
    private readonly CorruptionScratch _scratch = new();
    private readonly byte[] _rgb = new byte[Side * Side * ImageShape.Channels];
    private readonly float[] _planes = new float[ImageShape.Channels * Grid * Grid];

    /// <summary>Prepares for images of one shape.</summary>
    public Thumbnail(ImageShape shape)
    {
        if (shape is { Height: Side, Width: Side })
            return;
        (_rows, _columns) = (new(shape.Height, Side), new(shape.Width, Side));
    }

    /// <summary>Reduces an image.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    /// <param name="grey">Receives 32 x 32 levels of luma (ITU-R BT.601).</param>
    /// <param name="vector">
    /// Receives 96 numbers: the luma of 8x8 blocks and half its two colour differences as cosine transforms (DCT-II), without their means,
    /// low frequencies first, scaled to length 1. Brightness and contrast do not change it. All 0 where the image is nearly one colour.
    /// </param>
    public void Of(ReadOnlySpan<byte> image, Span<byte> grey, Span<float> vector)
    {
        var rgb = image;
        if (_rows is not null)
        {
            BoxResize.Resize(image, _rows, _columns!, _rgb, _scratch);
            rgb = _rgb;
        }

        ToPlanes(rgb, grey);
        vector.Clear();
        Transform(_planes.AsSpan(0, Grid * Grid), vector[..63], 1);
        Transform(_planes.AsSpan(Grid * Grid, Grid * Grid), vector.Slice(63, ColourTerms), ColourWeight);
        Transform(_planes.AsSpan(2 * Grid * Grid), vector.Slice(63 + ColourTerms, ColourTerms), ColourWeight);
        Normalise(vector);
    }

    private static void Normalise(Span<float> vector)
    {
        var sum = 0f;
        foreach (var value in vector)
            sum += value * value;
        var scale = MathF.Sqrt(sum) is var length && length < LeastContrast ? 0 : 1 / length;
        foreach (ref var value in vector)
            value *= scale;
    }

    /// <summary>Writes the grey picture, and the block means of Y, B - Y and R - Y.</summary>
    private void ToPlanes(ReadOnlySpan<byte> rgb, Span<byte> grey)
    {
        Array.Clear(_planes);
        for (var i = 0; i < Side * Side; i++)
        {
            float red = rgb[3 * i], green = rgb[(3 * i) + 1], blue = rgb[(3 * i) + 2];
            var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            grey[i] = (byte)(luma + 0.5f);
            var block = (i / Side / Block * Grid) + (i % Side / Block);
            _planes[block] += luma / (Block * Block);
            _planes[(Grid * Grid) + block] += (blue - luma) / (Block * Block);
            _planes[(2 * Grid * Grid) + block] += (red - luma) / (Block * Block);
        }
    }

    /// <summary>The first terms after the mean, in zigzag order.</summary>
    private static void Transform(ReadOnlySpan<float> plane, Span<float> terms, float weight)
    {
        Span<float> across = stackalloc float[Grid * Grid];
        for (var i = 0; i < across.Length; i++)
            across[i] = Dot(plane.Slice(i / Grid * Grid, Grid), i % Grid);
        Span<float> column = stackalloc float[Grid];
        for (var t = 0; t < terms.Length; t++)
        {
            var (v, u) = (ZigZag[t + 1] / Grid, ZigZag[t + 1] % Grid);
            for (var y = 0; y < Grid; y++)
                column[y] = across[(y * Grid) + u];
            terms[t] = weight * Dot(column, v);
        }
    }

    private static float Dot(ReadOnlySpan<float> values, int frequency)
    {
        var sum = 0f;
        for (var x = 0; x < Grid; x++)
            sum += values[x] * Cosines[(frequency * Grid) + x];
        return sum;
    }

    /// <summary>DCT-II, orthonormal.</summary>
    private static float[] MakeCosines()
    {
        var table = new float[Grid * Grid];
        for (var k = 0; k < Grid; k++)
        {
            for (var x = 0; x < Grid; x++)
                table[(k * Grid) + x] = (float)(Math.Cos(Math.PI * ((2 * x) + 1) * k / (2 * Grid)) * Math.Sqrt((k == 0 ? 1.0 : 2.0) / Grid));
        }

        return table;
    }
}
