namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Resizes one side with the cubic kernel of OpenCV's INTER_CUBIC (A = -0.75): output i lies at s = (i + 1/2) n/m - 1/2 of the
/// input; its taps are floor(s)-1 .. floor(s)+2, edge values repeated.
/// </summary>
internal sealed class CubicResize
{
    private const double A = -0.75;

    /// <summary>Makes the table.</summary>
    /// <param name="from">Length of the input, n.</param>
    /// <param name="to">Length of the output, m.</param>
    public CubicResize(int from, int to)
    {
        (From, To) = (from, to);
        Places = new int[4 * to];
        Weights = new float[4 * to];
        for (var i = 0; i < to; i++)
        {
            var place = ((i + 0.5) * from / to) - 0.5;
            var first = (int)Math.Floor(place);
            var taps = Taps(place - first);
            for (var tap = 0; tap < 4; tap++)
                (Places[(4 * i) + tap], Weights[(4 * i) + tap]) = (Math.Clamp(first - 1 + tap, 0, from - 1), (float)taps[tap]);
        }
    }

    /// <summary>Length of the input.</summary>
    public int From { get; }

    /// <summary>Length of the output.</summary>
    public int To { get; }

    /// <summary>Four input places for each output.</summary>
    public int[] Places { get; }

    /// <summary>Four weights for each output.</summary>
    public float[] Weights { get; }

    /// <summary>Weights of the four neighbours of a point.</summary>
    /// <param name="fraction">How far the point lies past the second neighbour, 0 to 1.</param>
    public static double[] Taps(double fraction) => [Kernel(1 + fraction), Kernel(fraction), Kernel(1 - fraction), Kernel(2 - fraction)];

    /// <summary>Resizes both sides of a map, down first.</summary>
    /// <param name="input">rows.From x columns.From x channels values.</param>
    /// <param name="rows">Table of the height.</param>
    /// <param name="columns">Table of the width.</param>
    /// <param name="output">rows.To x columns.To x channels values.</param>
    /// <param name="scratch">Buffers.</param>
    /// <param name="channels">Values of a pixel.</param>
    public static void Resize(
        ReadOnlySpan<float> input,
        CubicResize rows,
        CubicResize columns,
        Span<float> output,
        CorruptionScratch scratch,
        int channels = 1)
    {
        var offsets = scratch.Take<int>(4);
        var row = scratch.Take<float>(columns.From * channels);
        for (var y = 0; y < rows.To; y++)
        {
            for (var tap = 0; tap < 4; tap++)
                offsets[tap] = rows.Places[(4 * y) + tap] * row.Length;
            SparseFilter.Row(input, 0, offsets, rows.Weights.AsSpan(4 * y, 4), row);
            var line = output.Slice(y * columns.To * channels, columns.To * channels);
            for (var channel = 0; channel < channels; channel++)
                columns.Apply(row[channel..], line[channel..], channels);
        }
    }

    private static double Kernel(double t) => t <= 1
        ? ((((A + 2) * t) - (A + 3)) * t * t) + 1
        : ((((A * t) - (5 * A)) * t) + (8 * A)) * t - (4 * A);

    private void Apply(ReadOnlySpan<float> input, Span<float> output, int step)
    {
        for (var i = 0; i < To; i++)
        {
            var places = Places.AsSpan(4 * i, 4);
            var weights = Weights.AsSpan(4 * i, 4);
            output[i * step] = (input[places[0] * step] * weights[0]) + (input[places[1] * step] * weights[1])
                + (input[places[2] * step] * weights[2]) + (input[places[3] * step] * weights[3]);
        }
    }
}
