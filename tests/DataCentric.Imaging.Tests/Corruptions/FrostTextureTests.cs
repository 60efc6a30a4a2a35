using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>The procedural textures against the statistics of the photographs they stand for.</summary>
public class FrostTextureTests
{
    [Theory]
    [InlineData(0, 990, 660, "78,149,166", "27,17,15", "96,103,116,128,141,163,177", "130,14.4,10.8,6.5", ".88,.75,.71,.68,.64,.55")]
    [InlineData(1, 616, 347, "201,205,215", "21,22,23", "140,165,193,208,220,235,244", "204,14.8,14.2,7.0", ".90,.75,.66,.57,.51,.47")]
    [InlineData(2, 616, 347, "201,205,215", "21,22,23", "140,165,193,208,220,235,244", "204,14.8,14.2,7.0", ".90,.75,.66,.57,.51,.47")]
    [InlineData(3, 580, 385, "138,153,165", "29,29,30", "81,103,132,150,167,195,229", "151,17.2,20.3,11.7", ".84,.64,.52,.46,.42,.36")]
    [InlineData(4, 726, 545, "112,123,135", "44,43,42", "43,58,90,117,148,201,236", "119,27.6,29.8,14.7", ".89,.76,.64,.55,.46,.40")]
    public void A_texture_has_the_statistics_of_its_photograph(
        int number, int width, int height, string mean, string deviation, string percentiles, string windows, string correlations)
    {
        var texture = ProceduralFrost.Textures.Value[number];
        var luma = texture.Pixels.Chunk(3).Select(p => (0.299 * p[0]) + (0.587 * p[1]) + (0.114 * p[2])).ToArray();

        (texture.Width, texture.Height).ShouldBe((width, height));
        for (var channel = 0; channel < 3; channel++)
        {
            var values = texture.Pixels.Where((_, i) => i % 3 == channel).Select(value => (double)value).ToArray();
            values.Average().ShouldBe(Numbers(mean)[channel], 1);
            Deviation(values).ShouldBe(Numbers(deviation)[channel], 0.12 * Numbers(deviation)[channel]);
        }

        var sorted = luma.Order().ToArray();
        double[] shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
        for (var i = 0; i < shares.Length; i++)
            sorted[(int)(shares[i] * sorted.Length)].ShouldBe(Numbers(percentiles)[i], 4);

        var found = Windows(luma, width, height);
        for (var i = 0; i < 4; i++)
            found[i].ShouldBe(Numbers(windows)[i], 0.15 * Numbers(windows)[i]);

        int[] lags = [1, 2, 4, 8, 16, 32];
        for (var i = 0; i < lags.Length; i++)
            Correlation(luma, width, height, lags[i]).ShouldBe(Numbers(correlations)[i], 0.08);
    }

    [Fact]
    public void The_users_own_textures_are_used_and_bad_folders_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var options = new CorruptionOptions { FrostTextureFolder = folder };
            Should.Throw<InputException>(() => CorruptionCatalog.Create("paper14", "frost", 0, options)).Message.ShouldContain("there are none");
            Save(Path.Combine(folder, "flat.png"), new SKColor(100, 50, 200));

            var output = GoldenValueTests.Apply(CorruptionCatalog.Create("paper14", "frost", 0, options), TestImages.Grey);

            // floor(0.8 * 128 + 0.6 * texture)
            output.Chunk(3).ShouldAllBe(pixel => pixel[0] == 162 && pixel[1] == 132 && pixel[2] == 222);
            File.WriteAllText(Path.Combine(folder, "broken.png"), "no picture");
            Should.Throw<InputException>(() => CorruptionCatalog.Create("paper14", "frost", 0, options)).Message.ShouldContain("broken.png");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Should.Throw<InputException>(() => CorruptionCatalog.Create("paper14", "frost", 0, new() { FrostTextureFolder = folder }));
    }

    [Fact]
    public void A_texture_smaller_than_the_image_is_enlarged_to_cover_it()
    {
        var texture = ProceduralFrost.Textures.Value[1].Covering(new ImageShape(1024, 1024));

        // 347 x 616 by 1024 / (347 / 1.1)
        (texture.Height, texture.Width).ShouldBe((1127, 2000));
    }

    private static void Save(string file, SKColor colour)
    {
        using var bitmap = new SKBitmap(60, 50);
        bitmap.Erase(colour);
        using var stream = File.Create(file);
        bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
    }

    // Mean and deviation of the windows' means, mean of their deviations, mean step to the right.
    private static double[] Windows(double[] luma, int width, int height)
    {
        List<double> means = [], deviations = [], steps = [];
        for (var top = 0; top + 32 < height; top += 24)
        {
            for (var left = 0; left + 32 < width; left += 24)
            {
                var window = Enumerable.Range(0, 1024).Select(i => luma[((top + (i / 32)) * width) + left + (i % 32)]).ToArray();
                means.Add(window.Average());
                deviations.Add(Deviation(window));
                steps.Add(Enumerable.Range(0, 1024).Where(i => i % 32 < 31).Average(i => Math.Abs(window[i + 1] - window[i])));
            }
        }

        return [means.Average(), Deviation([.. means]), deviations.Average(), steps.Average()];
    }

    private static double Correlation(double[] luma, int width, int height, int lag)
    {
        var mean = luma.Average();
        double sum = 0;
        for (var y = 0; y + lag < height; y++)
        {
            for (var x = 0; x + lag < width; x++)
            {
                var here = luma[(y * width) + x] - mean;
                sum += here * (luma[(y * width) + x + lag] + luma[((y + lag) * width) + x] - (2 * mean)) / 2;
            }
        }

        return sum / ((width - lag) * (height - lag)) / Math.Pow(Deviation(luma), 2);
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double[] Numbers(string text) => [.. text.Split(',').Select(double.Parse)];
}
