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

    // The same for each value of a row of RGB pixels.
    private readonly (int[] Places, float[] Fractions) _wide;

    /// <summary>Makes the tables.</summary>
    /// <param name="image">Height and width of the image.</param>
    /// <param name="zoom">Enlargement, at least 1.</param>
    public AlignedZoom(ImageShape image, double zoom)
    {
        From = new((int)Math.Ceiling(image.Height / zoom), (int)Math.Ceiling(image.Width / zoom));
        To = new((int)Math.Round(From.Height * zoom), (int)Math.Round(From.Width * zoom));
        _rows = Axis(From.Height, To.Height);
        _columns = Axis(From.Width, To.Width);
        _wide = (
            [.. _columns.Places.SelectMany(place => new[] { 3 * place, (3 * place) + 1, (3 * place) + 2 })],
            [.. _columns.Fractions.SelectMany(fraction => Enumerable.Repeat(fraction, 3))]);
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
            var down = _rows.Fractions[y];
            for (var x = 0; x < From.Width; x++)
                row[x] = upper[x] + (down * (lower[x] - upper[x]));
            row[From.Width] = row[From.Width - 1];
            var line = output.Slice(y * To.Width, To.Width);
            for (var x = 0; x < line.Length; x++)
            {
                var left = row[_columns.Places[x]];
                line[x] = left + (_columns.Fractions[x] * (row[_columns.Places[x] + 1] - left));
            }
        }
    }

    /// <summary>Adds the enlarged middle of an RGB image, cut to the image's size, to a sum.</summary>
    /// <param name="sum">H x W x 3 values.</param>
    /// <param name="image">H x W x 3 values.</param>
    /// <param name="shape">Height and width of the image.</param>
    /// <param name="centred">Whether what is too much is cut evenly on both sides, or at the bottom and right.</param>
    /// <param name="scratch">Buffers.</param>
    public void AddTo(Span<float> sum, ReadOnlySpan<float> image, ImageShape shape, bool centred, CorruptionScratch scratch)
    {
        var (top, left) = ((shape.Height - From.Height) / 2, (shape.Width - From.Width) / 2);
        var (skipRows, skipColumns) = centred ? ((To.Height - shape.Height) / 2, (To.Width - shape.Width) / 2) : (0, 0);
        var row = scratch.Take<float>((From.Width + 1) * 3);
        for (var y = 0; y < shape.Height; y++)
        {
            var place = _rows.Places[y + skipRows];
            var upper = image.Slice((((top + place) * shape.Width) + left) * 3, From.Width * 3);
            var lower = image.Slice((((top + int.Min(place + 1, From.Height - 1)) * shape.Width) + left) * 3, From.Width * 3);
            Pixels.Lerp(upper, lower, _rows.Fractions[y + skipRows], row);
            row.Slice(row.Length - 6, 3).CopyTo(row[^3..]);
            var line = sum.Slice(y * shape.Width * 3, shape.Width * 3);
            AddAcross(line, row, _wide.Places.AsSpan(3 * skipColumns, line.Length), _wide.Fractions.AsSpan(3 * skipColumns, line.Length));
        }
    }

    // line[i] += row[p] + f (row[p + 3] - row[p]), p and f those of value i.
    private static unsafe void AddAcross(Span<float> line, ReadOnlySpan<float> row, ReadOnlySpan<int> places, ReadOnlySpan<float> fractions)
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
                    var right = Avx2.GatherVector256(first + 3, place, sizeof(float));
                    var sum = Vector256.Create<float>(line[i..]) + (left + (Vector256.Create(fractions[i..]) * (right - left)));
                    sum.CopyTo(line[i..]);
                }
            }
        }

        for (; i < line.Length; i++)
            line[i] += row[places[i]] + (fractions[i] * (row[places[i] + 3] - row[places[i]]));
    }

    private static (int[] Places, float[] Fractions) Axis(int from, int to)
    {
        var places = Enumerable.Range(0, to).Select(i => to == 1 ? 0.0 : (double)i * (from - 1) / (to - 1)).ToArray();
        return ([.. places.Select(place => (int)place)], [.. places.Select(place => (float)(place - (int)place))]);
    }
}
