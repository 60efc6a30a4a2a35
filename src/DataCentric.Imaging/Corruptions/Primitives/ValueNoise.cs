namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Smooth random fields, mean 0 and deviation 1: normal numbers on a coarse grid, joined by cubic B-splines.</summary>
internal static class ValueNoise
{
    /// <summary>Draws a field.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="spacing">Pixels between grid points: the size of the blobs.</param>
    /// <param name="random">Draws.</param>
    public static float[] Draw(ImageShape shape, double spacing, ref CounterRandom random)
    {
        var grid = new ImageShape((int)(shape.Height / spacing) + 5, (int)(shape.Width / spacing) + 5);
        var knots = new float[grid.PixelCount];
        foreach (ref var knot in knots.AsSpan())
            knot = (float)random.Normal();

        // Across first: grid rows at full width.
        var wide = new float[grid.Height * shape.Width];
        for (var x = 0; x < shape.Width; x++)
        {
            var (first, a, b, c, d) = Spline(x / spacing);
            for (var y = 0; y < grid.Height; y++)
            {
                var row = knots.AsSpan((y * grid.Width) + first, 4);
                wide[(y * shape.Width) + x] = (a * row[0]) + (b * row[1]) + (c * row[2]) + (d * row[3]);
            }
        }

        var field = new float[shape.PixelCount];
        for (var y = 0; y < shape.Height; y++)
        {
            var (first, a, b, c, d) = Spline(y / spacing);
            var above = wide.AsSpan(first * shape.Width, 4 * shape.Width);
            for (var x = 0; x < shape.Width; x++)
            {
                field[(y * shape.Width) + x] = (a * above[x]) + (b * above[x + shape.Width])
                    + (c * above[x + (2 * shape.Width)]) + (d * above[x + (3 * shape.Width)]);
            }
        }

        Standardize(field);
        return field;
    }

    /// <summary>Shifts and scales a field to mean 0 and deviation 1.</summary>
    public static void Standardize(Span<float> field)
    {
        double sum = 0, squares = 0;
        foreach (var value in field)
            (sum, squares) = (sum + value, squares + ((double)value * value));
        var mean = sum / field.Length;
        var scale = 1 / Math.Sqrt((squares / field.Length) - (mean * mean));
        foreach (ref var value in field)
            value = (float)((value - mean) * scale);
    }

    private static (int First, float A, float B, float C, float D) Spline(double place)
    {
        var first = (int)place;
        var f = (float)(place - first);
        return (
            first,
            (1 - f) * (1 - f) * (1 - f) / 6,
            ((((3 * f) - 6) * f * f) + 4) / 6,
            ((((((-3 * f) + 3) * f) + 3) * f) + 1) / 6,
            f * f * f / 6);
    }
}
