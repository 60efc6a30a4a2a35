namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Fine streaks that turn smoothly, like needles of ice: white noise averaged along the lines of a random direction field (line
/// integral convolution, Cabral and Leedom 1993), then softened. Mean 0, deviation 1.
/// </summary>
internal static class StreakField
{
    private const int Reach = 6;
    private const double Turn = 2;
    private const double Spacing = 20;

    /// <summary>Draws a field.</summary>
    /// <param name="shape">Height and width.</param>
    /// <param name="softness">Deviation in pixels of a 3 x 3 Gaussian blur at the end.</param>
    /// <param name="random">Draws.</param>
    public static float[] Draw(ImageShape shape, double softness, ref CounterRandom random)
    {
        var directions = ValueNoise.Draw(shape, Spacing, ref random);
        var (steps, noise) = (new (float X, float Y)[directions.Length], new float[directions.Length]);
        for (var i = 0; i < steps.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos((float)Turn * directions[i]);
            (steps[i], noise[i]) = ((cosine, sine), (float)random.Normal());
        }

        var field = new float[noise.Length];
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
                field[(y * shape.Width) + x] = Walk(shape, steps, noise, x, y, 1) + Walk(shape, steps, noise, x, y, -1);
        }

        var scratch = new CorruptionScratch();
        var plane = PaddedPlane.Of(field, shape, 1, Margins.All(1), Border.Reflect101, scratch);
        GaussianFilter.Blur(plane, shape, GaussianFilter.Kernel(softness, 1), field, scratch);
        ValueNoise.Standardize(field);
        return field;
    }

    // Half the noise at the start, so that both ways together count it once, plus the noise along the line.
    private static float Walk(ImageShape shape, (float X, float Y)[] steps, float[] noise, int startX, int startY, int sign)
    {
        var place = (startY * shape.Width) + startX;
        var sum = noise[place] / 2;
        var (x, y) = ((float)startX, (float)startY);
        for (var step = 0; step < Reach; step++)
        {
            x += sign * steps[place].X;
            y += sign * steps[place].Y;
            place = (Wrap(y, shape.Height) * shape.Width) + Wrap(x, shape.Width);
            sum += noise[place];
        }

        return sum;
    }

    private static int Wrap(float value, int length)
    {
        var index = (int)MathF.Round(value);
        return index < 0 ? index + length : index >= length ? index - length : index;
    }
}
