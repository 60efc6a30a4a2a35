using DataCentric.Images;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Pixelate"/>. The default is imagecorruptions' severity 1, as in the paper's code.</summary>
public sealed record PixelateParameters
{
    /// <summary>Sides of the small image as a share of the whole, .01 to 1; cut off to whole pixels, at least 1. Default .6.</summary>
    public double Share { get; init; } = 0.6;
}

/// <summary>Fewer pixels (imagecorruptions 1.1.2, <c>pixelate</c>): BOX down, NEAREST up, as Pillow does it. No randomness.</summary>
public sealed class Pixelate : Corruption
{
    private readonly double _share;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public Pixelate(CorruptionId id, PixelateParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _share = Guard.InRange(parameters.Share, 0.01, 1);
    }

    /// <summary>The line of the paper's set.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("pixelate", 14, (id, parameters, _) => new Pixelate(id, parameters), new PixelateParameters());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var (rows, columns) = scratch.Table(this, shape, static (self, image) => Tuple.Create(
            new BoxResize(image.Height, self.Side(image.Height)), new BoxResize(image.Width, self.Side(image.Width))));
        var small = scratch.Take<byte>(rows.To * columns.To * 3);
        BoxResize.Resize(source, rows, columns, small, scratch);
        for (var y = 0; y < shape.Height; y++)
        {
            var from = small.Slice(((2 * y) + 1) * rows.To / (2 * shape.Height) * columns.To * 3, columns.To * 3);
            var to = destination.Slice(y * shape.Width * 3, shape.Width * 3);
            for (var x = 0; x < shape.Width; x++)
                from.Slice(((2 * x) + 1) * columns.To / (2 * shape.Width) * 3, 3).CopyTo(to[(3 * x)..]);
        }
    }

    private int Side(int side) => int.Max(1, (int)(side * _share));
}
