using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Duplicates;

/// <summary>Copies images as pictures of at most 32 rows and 32 columns, by means of areas. Not thread-safe.</summary>
internal sealed class PictureReduction
{
    private readonly ImageShape _shape;
    private readonly ImageShape _small;
    private readonly BoxResize _rows;
    private readonly BoxResize _columns;
    private readonly CorruptionScratch _scratch = new();

    /// <summary>Prepares for images of one shape.</summary>
    public PictureReduction(ImageShape shape)
    {
        (_shape, _small) = (shape, new(Math.Min(shape.Height, Picture.MostSide), Math.Min(shape.Width, Picture.MostSide)));
        (_rows, _columns) = (new(shape.Height, _small.Height), new(shape.Width, _small.Width));
    }

    /// <summary>Copies one.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    public Picture Of(ReadOnlySpan<byte> image)
    {
        if (_small == _shape)
            return new(image.ToArray(), _shape);
        var pixels = new byte[_small.ByteLength];
        var mark = _scratch.Remember();
        BoxResize.Resize(image, _rows, _columns, pixels, _scratch);
        _scratch.Release(mark);
        return new(pixels, _small);
    }
}
