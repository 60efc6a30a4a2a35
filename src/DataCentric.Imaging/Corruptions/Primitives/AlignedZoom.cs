using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// scipy's linear zoom of the middle of an image, as Hendrycks and Dietterich's clipped_zoom uses it: the middle ceil(n/z) of n
/// rows become round(z ceil(n/z)), corners on corners, so output i lies at i (from-1)/(to-1).
/// </summary>
internal sealed class AlignedZoom
{
    private readonly (int[] Places, float[] Fractions) _rows;
    private readonly (int[] Places, float[] Fractions) _columns;

    /// <summary>Makes the tables.</summary>
    /// <param name="image">Height and width of the image.</param>
    /// <param name="zoom">Enlargement, at least 1.</param>
    public AlignedZoom(ImageShape image, double zoom)
    {
        From = new((int)Math.Ceiling(image.Height / zoom), (int)Math.Ceiling(image.Width / zoom));
        To = new((int)Math.Round(From.Height * zoom), (int)Math.Round(From.Width * zoom));
        _rows = Axis(From.Height, To.Height);
        _columns = Axis(From.Width, To.Width);
    }

    /// <summary>Rows and columns of the middle.</summary>
    public ImageShape From { get; }

    /// <summary>Rows and columns of the enlarged middle, at least those of the image.</summary>
    public ImageShape To { get; }

    /// <summary>Enlarges a one-channel map.</summary>
    /// <param name="input">From.Height x From.Width values.</param>
    /// <param name="output">To.Height x To.Width values.</param>
    /// <param name="scratch">Buffers.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, CorruptionScratch scratch)
    {
        var row = scratch.Take<float>(From.Width + 1);
        for (var y = 0; y < To.Height; y++)
        {
            var upper = input.Slice(_rows.Places[y] * From.Width, From.Width);
            var lower = input.Slice(int.Min(_rows.Places[y] + 1, From.Height - 1) * From.Width, From.Width);
            Pixels.Lerp(upper, lower, _rows.Fractions[y], row);
            row[From.Width] = row[From.Width - 1];
            Sample(row, _columns.Places, _columns.Fractions, output.Slice(y * To.Width, To.Width));
        }
    }

    /// <summary>Adds a row of the enlarged middle of an RGB image, cut to the image's size, to a sum.</summary>
    /// <param name="sum">W x 3 values.</param>
    /// <param name="image">H x W x 3 values.</param>
    /// <param name="shape">Height and width of the image.</param>
    /// <param name="y">Which row, 0 to H - 1.</param>
    /// <param name="centred">Whether what is too much is cut evenly on both sides, or at the bottom and right.</param>
    /// <param name="buffers">Two rows of <see cref="PixelRow.Length"/> of W values.</param>
    public void AddRowTo(Span<float> sum, ReadOnlySpan<float> image, ImageShape shape, int y, bool centred, Span<float> buffers)
    {
        var (top, left) = ((shape.Height - From.Height) / 2, (shape.Width - From.Width) / 2);
        var (skipRows, skipColumns) = centred ? ((To.Height - shape.Height) / 2, (To.Width - shape.Width) / 2) : (0, 0);
        var row = buffers[..PixelRow.Length(From.Width)];
        var line = buffers[(buffers.Length / 2)..];
        var place = _rows.Places[y + skipRows];
        PixelRow.Between(RowOf(image, top + place), RowOf(image, top + int.Min(place + 1, From.Height - 1)), _rows.Fractions[y + skipRows], row);
        PixelRow.Sample(row, _columns.Places.AsSpan(skipColumns, shape.Width), _columns.Fractions.AsSpan(skipColumns, shape.Width), line);
        TensorPrimitives.Add(sum, line[..sum.Length], sum);

        ReadOnlySpan<float> RowOf(ReadOnlySpan<float> pixels, int down) => pixels.Slice(((down * shape.Width) + left) * 3, From.Width * 3);
    }

    // line[i] = row[p] + f (row[p + 1] - row[p]), p and f those of value i.
    private static unsafe void Sample(ReadOnlySpan<float> row, ReadOnlySpan<int> places, ReadOnlySpan<float> fractions, Span<float> line)
    {
        var i = 0;
        if (Avx2.IsSupported)
        {
            fixed (float* first = row)
            {
                for (; i <= line.Length - 8; i += 8)
                {
                    var place = Vector256.Create(places[i..]);
                    var left = Avx2.GatherVector256(first, place, sizeof(float));
                    var right = Avx2.GatherVector256(first + 1, place, sizeof(float));
                    (left + (Vector256.Create(fractions[i..]) * (right - left))).CopyTo(line[i..]);
                }
            }
        }

        for (; i < line.Length; i++)
            line[i] = row[places[i]] + (fractions[i] * (row[places[i] + 1] - row[places[i]]));
    }

    private static (int[] Places, float[] Fractions) Axis(int from, int to)
    {
        var places = Enumerable.Range(0, to).Select(i => to == 1 ? 0.0 : (double)i * (from - 1) / (to - 1)).ToArray();
        return ([.. places.Select(place => (int)place)], [.. places.Select(place => (float)(place - (int)place))]);
    }
}
