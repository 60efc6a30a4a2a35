namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>One plane of samples, filled up to whole blocks of 8x8 by its last column and row.</summary>
/// <param name="shape">Its own samples.</param>
internal sealed class JpegPlane(ImageShape shape)
{
    private const int BlockSide = 8;

    private readonly byte[] _samples = new byte[Whole(shape.Height) * Whole(shape.Width)];

    /// <summary>Rows of its own.</summary>
    public int Height => shape.Height;

    /// <summary>Columns of its own.</summary>
    public int Width => shape.Width;

    /// <summary>Columns up to whole blocks; whoever writes a row fills all of them.</summary>
    public int Stride { get; } = Whole(shape.Width);

    /// <summary>A row, with what fills it up.</summary>
    /// <param name="y">Which, from 0.</param>
    public Span<byte> Row(int y) => _samples.AsSpan(y * Stride, Stride);

    /// <summary>Makes of each block what is left of it.</summary>
    /// <param name="quantization">How coarse coefficients are.</param>
    public void Quantise(JpegQuantization quantization)
    {
        for (var y = shape.Height; y < Whole(shape.Height); y++)
            Row(shape.Height - 1).CopyTo(Row(y));
        for (var y = 0; y < shape.Height; y += BlockSide)
        {
            for (var x = 0; x < Stride; x += BlockSide)
                JpegBlock.Apply(_samples.AsSpan((y * Stride) + x), Stride, quantization);
        }
    }

    private static int Whole(int length) => (length + BlockSide - 1) / BlockSide * BlockSide;
}
