using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>
/// Pictures of frost made from noise, because the photographs of the reference have no stated licence. Each has the size, mean,
/// deviation, percentiles of luma and autocorrelation of the photograph it stands for (enlarged by 1.1, as the reference uses it):
/// streaks at pixel scale on blobs 8, 24 and 80 pixels apart, mapped to the photograph's percentiles.
/// </summary>
internal static class ProceduralFrost
{
    // Percentiles of luma that each recipe gives, with the ends of the range beyond them.
    private static readonly double[] Shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

    private static readonly Recipe[] Recipes =
    [
        new(
            660, 990, [78, 149, 166], [27, 17, 15], [75, 96, 103, 116, 128, 141, 163, 177, 200],
            [0.82, 1, 0.93], [0.57, 0, -0.37], 0.5, 0.326, 0, 0.069, 0.605),
        new(
            347, 616, [201, 205, 215], [21, 22, 23], [110, 140, 165, 193, 208, 220, 235, 244, 255],
            [1, 1, 1], [0, 0, 0], 0.6, 0.379, 0.111, 0, 0.51),
        new(
            347, 616, [201, 205, 215], [21, 22, 23], [110, 140, 165, 193, 208, 220, 235, 244, 255],
            [1, 1, 1], [0, 0, 0], 0.6, 0.379, 0.111, 0, 0.51),
        new(
            385, 580, [138, 153, 165], [29, 29, 30], [40, 81, 103, 132, 150, 167, 195, 229, 255],
            [1, 1, 1], [0, 0, 0], 0.6, 0.558, 0, 0.048, 0.395),
        new(
            545, 726, [112, 123, 135], [44, 43, 42], [15, 43, 58, 90, 117, 148, 201, 236, 255],
            [1, 1, 1], [0, 0, 0], 0.6, 0.382, 0.152, 0.015, 0.451),
    ];

    /// <summary>The five pictures, made at the first use.</summary>
    public static Lazy<FrostTexture[]> Textures { get; } = new(() => [.. Recipes.AsParallel().AsOrdered().Select(Make)]);

    private static FrostTexture Make(Recipe recipe, int number)
    {
        var random = new CounterRandom(0, (ulong)number, RandomStage.Texture);
        var shape = new ImageShape(recipe.Height, recipe.Width);
        var field = StreakField.Draw(shape, recipe.Softness, ref random);
        Scale(field, recipe.Streaks);
        Add(field, ValueNoise.Draw(shape, 8, ref random), recipe.Fine);
        Add(field, ValueNoise.Draw(shape, 24, ref random), recipe.Middle);
        Add(field, ValueNoise.Draw(shape, 80, ref random), recipe.Coarse);
        var luma = new Quantiles(field, Shares, recipe.Luma);
        var hue = ValueNoise.Draw(shape, 80, ref random);

        // Channel c = mean + deviation (load z + hue load h), z the standardised luma.
        for (var i = 0; i < field.Length; i++)
            field[i] = luma.Map(field[i]);
        ValueNoise.Standardize(field);
        var pixels = new byte[shape.ByteLength];
        for (var i = 0; i < pixels.Length; i++)
        {
            var channel = i % 3;
            var value = (recipe.Load[channel] * field[i / 3]) + (recipe.HueLoad[channel] * hue[i / 3]);
            pixels[i] = Pixels.Round8((float)(recipe.Mean[channel] + (recipe.Deviation[channel] * value)));
        }

        return new(shape.Height, shape.Width, pixels, 1.1);
    }

    private static void Scale(float[] field, double share)
    {
        for (var i = 0; i < field.Length; i++)
            field[i] *= (float)Math.Sqrt(share);
    }

    private static void Add(float[] field, float[] layer, double share)
    {
        for (var i = 0; i < field.Length; i++)
            field[i] += (float)Math.Sqrt(share) * layer[i];
    }

    private sealed record Recipe(
        int Height,
        int Width,
        double[] Mean,
        double[] Deviation,
        double[] Luma,
        double[] Load,
        double[] HueLoad,
        double Softness,
        double Streaks,
        double Fine,
        double Middle,
        double Coarse);

    // Maps a field to given quantiles: its own quantiles at the same shares, joined by straight lines.
    private sealed class Quantiles
    {
        private readonly float[] _from;
        private readonly double[] _to;

        public Quantiles(float[] field, double[] shares, double[] to)
        {
            var sorted = (float[])field.Clone();
            Array.Sort(sorted);
            _from = [.. shares.Select(share => sorted[(int)(share * (sorted.Length - 1))])];
            _to = to;
        }

        public float Map(float value)
        {
            var piece = 1;
            while (piece < _from.Length - 1 && value > _from[piece])
                piece++;
            var share = (value - _from[piece - 1]) / (_from[piece] - _from[piece - 1]);
            return (float)(_to[piece - 1] + (share * (_to[piece] - _to[piece - 1])));
        }
    }
}
