namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>For each pixel, which coefficients of a <see cref="SplineImage"/> make up a weighted sum of places, each of them once.</summary>
internal sealed class SplineTaps
{
    private readonly int[] _ends;
    private readonly int[] _offsets;
    private readonly float[] _weights;

    /// <summary>Makes the table.</summary>
    /// <param name="shape">Height and width of the image.</param>
    /// <param name="places">The places of a pixel (row and column) with their weights; those outside count as 0.</param>
    public SplineTaps(ImageShape shape, Func<int, int, IEnumerable<(double Y, double X, double Weight)>> places)
    {
        var (offsets, weights, taps) = (new List<int>(), new List<float>(), new SortedDictionary<int, double>());
        _ends = new int[shape.PixelCount];
        for (var i = 0; i < _ends.Length; i++)
        {
            taps.Clear();
            foreach (var (y, x, weight) in places(i / shape.Width, i % shape.Width))
            {
                if (y >= 0 && y <= shape.Height - 1 && x >= 0 && x <= shape.Width - 1)
                    Add(taps, shape, y, x, weight);
            }

            offsets.AddRange(taps.Keys);
            weights.AddRange(taps.Values.Select(weight => (float)weight));
            _ends[i] = offsets.Count;
        }

        (_offsets, _weights) = ([.. offsets], [.. weights]);
    }

    /// <summary>Offsets of a pixel's coefficients.</summary>
    public ReadOnlySpan<int> Offsets(int pixel) => _offsets.AsSpan(Start(pixel).._ends[pixel]);

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<float> Weights(int pixel) => _weights.AsSpan(Start(pixel).._ends[pixel]);

    private static void Add(SortedDictionary<int, double> taps, ImageShape shape, double y, double x, double weight)
    {
        var (top, left) = ((int)y - 1, (int)x - 1);
        for (var tap = 0; tap < 16; tap++)
        {
            var (row, column) = (top + (tap / 4), left + (tap % 4));
            var share = weight * SplineImage.Basis(Math.Abs(y - row)) * SplineImage.Basis(Math.Abs(x - column));
            var offset = SplineImage.Offset(shape, Border.Reflect101.Index(row, shape.Height), Border.Reflect101.Index(column, shape.Width));
            taps[offset] = taps.GetValueOrDefault(offset) + share;
        }
    }

    private int Start(int pixel) => pixel == 0 ? 0 : _ends[pixel - 1];
}
