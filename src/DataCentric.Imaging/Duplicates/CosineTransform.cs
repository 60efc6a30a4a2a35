namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// The orthonormal cosine transform (DCT-II) of 8 x 8 numbers, low frequencies first (zigzag). It keeps lengths, so that the first
/// terms bound a distance from below.
/// </summary>
internal static class CosineTransform
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 8;

    private static readonly float[] Cosines = MakeCosines();
    private static readonly int[] ZigZag = [.. Enumerable.Range(0, Side * Side).OrderBy(i => (i / Side) + (i % Side)).ThenBy(i => i / Side)];

    /// <summary>Writes as many terms as there is room for.</summary>
    /// <param name="plane">64 numbers, row-major.</param>
    /// <param name="first">Number of the first term, 0 for the mean; with the others at most 63.</param>
    /// <param name="weight">Factor of each term.</param>
    /// <param name="terms">Receives them.</param>
    public static void Transform(ReadOnlySpan<float> plane, int first, float weight, Span<float> terms)
    {
        Span<float> across = stackalloc float[Side * Side];
        for (var i = 0; i < across.Length; i++)
            across[i] = Dot(plane.Slice(i / Side * Side, Side), i % Side);
        Span<float> column = stackalloc float[Side];
        for (var t = 0; t < terms.Length; t++)
        {
            var (v, u) = (ZigZag[first + t] / Side, ZigZag[first + t] % Side);
            for (var y = 0; y < Side; y++)
                column[y] = across[(y * Side) + u];
            terms[t] = weight * Dot(column, v);
        }
    }

    private static float Dot(ReadOnlySpan<float> values, int frequency)
    {
        var sum = 0f;
        for (var x = 0; x < Side; x++)
            sum += values[x] * Cosines[(frequency * Side) + x];
        return sum;
    }

    private static float[] MakeCosines()
    {
        var table = new float[Side * Side];
        for (var k = 0; k < Side; k++)
        {
            for (var x = 0; x < Side; x++)
                table[(k * Side) + x] = (float)(Math.Cos(Math.PI * ((2 * x) + 1) * k / (2 * Side)) * Math.Sqrt((k == 0 ? 1.0 : 2.0) / Side));
        }

        return table;
    }
}
