using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="Pixelate"/>. The default is imagecorruptions' severity 1, as in the paper's code.</summary>
public sealed record PixelateParameters
{
    /// <summary>Sides of the small image as a share of the whole, .01 to 1; cut off to whole pixels, at least 1. Default .6.</summary>
    public double Share { get; init; } = 0.6;

    /// <summary>Whether the way up averages too (CIFAR-10-C) or repeats pixels (imagecorruptions). Default repeats.</summary>
    public bool BoxUp { get; init; }
}

/// <summary>
/// Fewer pixels, as Pillow resizes: BOX down, then NEAREST up (imagecorruptions 1.1.2) or BOX up (CIFAR-10-C). No randomness.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class Pixelate(CorruptionId id, PixelateParameters parameters) : Corruption(id)
{
    private readonly double _share = Guard.InRange(parameters?.Share, 0.01, 1);
    private readonly bool _boxUp = parameters!.BoxUp;

    /// <summary>The line of the paper's set; its severities are ImageNet-C's, which the paper's code calls.</summary>
    internal static CorruptionKind Paper { get; } =
        CorruptionKind.Exact("pixelate", 14, Make, new PixelateParameters(), ImageNetTable());

    /// <summary>The line of the CIFAR-10-C set.</summary>
    internal static CorruptionKind Cifar { get; } = CorruptionKind.Scaled(
        "pixelate", 14, Make, Table(true, 0.95, 0.9, 0.85, 0.75, 0.65));

    /// <summary>The line of the ImageNet-C set.</summary>
    internal static CorruptionKind ImageNet { get; } = CorruptionKind.Scaled("pixelate", 14, Make, ImageNetTable());

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var (rows, columns, up) = scratch.Table(this, shape, static (self, image) => self.Tables(image));
        var small = scratch.Take<byte>(rows.To * columns.To * 3);
        BoxResize.Resize(source, rows, columns, small, scratch);
        if (up is var (rowsUp, columnsUp))
        {
            BoxResize.Resize(small, rowsUp, columnsUp, destination, scratch);
            return;
        }

        var columnsOf = scratch.Take<int>(shape.Width);
        for (var x = 0; x < shape.Width; x++)
            columnsOf[x] = ((2 * x) + 1) * columns.To / (2 * shape.Width) * 3;
        for (int y = 0, last = -1; y < shape.Height; y++)
        {
            var row = ((2 * y) + 1) * rows.To / (2 * shape.Height);
            var to = destination.Slice(y * shape.Width * 3, shape.Width * 3);
            if (row == last)
                destination.Slice((y - 1) * to.Length, to.Length).CopyTo(to);
            else
                Repeat(small.Slice(row * columns.To * 3, columns.To * 3), columnsOf, to);
            last = row;
        }
    }

    private static void Repeat(ReadOnlySpan<byte> row, ReadOnlySpan<int> places, Span<byte> to)
    {
        foreach (var place in places)
        {
            row.Slice(place, 3).CopyTo(to);
            to = to[3..];
        }
    }

    private static Pixelate Make(CorruptionId id, PixelateParameters parameters, CorruptionOptions options) =>
        new(id, parameters);

    private static PixelateParameters[] ImageNetTable() => Table(false, 0.6, 0.5, 0.4, 0.3, 0.25);

    private static PixelateParameters[] Table(bool boxUp, params double[] shares) =>
        [.. shares.Select(share => new PixelateParameters { Share = share, BoxUp = boxUp })];

    private Resizing Tables(ImageShape image)
    {
        var (height, width) = (Side(image.Height), Side(image.Width));
        return new(
            new(image.Height, height),
            new(image.Width, width),
            _boxUp ? Tuple.Create(new BoxResize(height, image.Height), new BoxResize(width, image.Width)) : null);
    }

    private int Side(int side) => int.Max(1, (int)(side * _share));

    private sealed record Resizing(BoxResize Rows, BoxResize Columns, Tuple<BoxResize, BoxResize>? Up);
}
