using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>
/// Means over many draws on synthetic images against those of imgaug 0.4.0 (1000 to 2000 draws each). The bound is four standard
/// errors of our mean, plus half of the last printed digit of the reference.
/// </summary>
public class StatisticsTests
{
    private const int Draws = 400;

    [Theory]
    [InlineData("rain", 20.9, 9.1, 20.7, 0.095)]
    [InlineData("snow", 68.2, 3.8, 68.2, 0)]
    [InlineData("frost", 66.5, 19.1, 66.1, 0)]
    [InlineData("saturate", 24.41, 0, -24.41, 0.0918)]
    [InlineData("dropout", 9.29, 1.09, -9.29, 0.925)]
    [InlineData("coarse_dropout", 9.30, 0.67, -9.30, 0.798)]
    [InlineData("snowflakes", 6.54, 3.9, 6.54, 0.790)]
    [InlineData("gaussian_noise", 11.49, 0.16, 0.18, 0)]
    [InlineData("elastic", 8.16, 0.29, -1.45, 0.0036)]
    [InlineData("kmeans", 22.1, 1.4, 1.2, 0)]
    [InlineData("gaussian_blur", 5.66, 0, 0, 0.0078)]
    [InlineData("motion_blur", 14.57, 1.16, 4.25, 0)]
    [InlineData("jpeg", 9.42, 0, -0.04, 0)]
    [InlineData("pixelate", 7.17, 0, 0, 0.035)]
    public void On_the_synthetic_image(string kind, double difference, double deviation, double shift, double unchanged)
    {
        var found = Measure(kind, TestImages.Syn);

        found.Difference.ShouldBe(difference, Bound(deviation));
        found.Shift.ShouldBe(shift, Bound(deviation));
        found.Unchanged.ShouldBe(unchanged, 0.02);
    }

    [Theory]
    [InlineData("rain", 19.9, 9.0, 19.9, 0.109)]
    [InlineData("snow", 76.2, 4.7, 76.2, 0)]
    [InlineData("frost", 73.4, 24.7, 73.3, 0)]
    [InlineData("saturate", 8.67, 0, -8.67, 0)]
    [InlineData("dropout", 9.58, 1.04, -9.58, 0.925)]
    [InlineData("coarse_dropout", 9.60, 0.60, -9.60, 0.792)]
    [InlineData("snowflakes", 5.2, 3.1, 5.2, 0.793)]
    [InlineData("gaussian_noise", 11.97, 0.16, 0, 0)]
    [InlineData("elastic", 3.43, 0.24, -1.33, 0.831)]
    [InlineData("kmeans", 0, 0, 0, 1)]
    [InlineData("gaussian_blur", 0, 0, 0, 1)]
    [InlineData("motion_blur", 0, 0, 0, 1)]
    [InlineData("jpeg", 0, 0, 0, 1)]
    [InlineData("pixelate", 0, 0, 0, 1)]
    public void On_grey(string kind, double difference, double deviation, double shift, double unchanged)
    {
        var found = Measure(kind, TestImages.Grey);

        found.Difference.ShouldBe(difference, Bound(deviation));
        found.Shift.ShouldBe(shift, Bound(deviation));
        found.Unchanged.ShouldBe(unchanged, 0.02);
    }

    [Theory]
    [InlineData("rain", 43.0, 19.6)]
    [InlineData("snow", 59.9, 6.0)]
    [InlineData("frost", 98.5, 24.6)]
    [InlineData("saturate", 0, 0)]
    [InlineData("dropout", 0, 0)]
    [InlineData("coarse_dropout", 0, 0)]
    [InlineData("snowflakes", 16.3, 9.0)]
    [InlineData("gaussian_noise", 5.98, 0.16)]
    [InlineData("elastic", 0, 0)]
    [InlineData("kmeans", 0, 0)]
    [InlineData("gaussian_blur", 0, 0)]
    [InlineData("motion_blur", 0, 0)]
    [InlineData("jpeg", 1.00, 0)]
    [InlineData("pixelate", 0, 0)]
    public void On_black(string kind, double difference, double deviation) =>
        Measure(kind, TestImages.Black).Difference.ShouldBe(difference, Bound(deviation));

    private static double Bound(double deviation) => (4 * deviation / Math.Sqrt(Draws)) + 0.005 + (deviation > 0 ? 0.045 : 0);

    private static (double Difference, double Shift, double Unchanged) Measure(string kind, byte[] image)
    {
        var corruption = CorruptionCatalog.Create("paper14", kind);
        var scratch = new CorruptionScratch();
        var output = new byte[image.Length];
        long difference = 0, shift = 0, unchanged = 0;
        for (var sample = 0UL; sample < Draws; sample++)
        {
            Corrupter.Apply(11, sample, corruption, image, output, TestImages.Shape, scratch);
            for (var i = 0; i < image.Length; i++)
            {
                difference += Math.Abs(output[i] - image[i]);
                shift += output[i] - image[i];
            }

            for (var i = 0; i < image.Length; i += 3)
                unchanged += output.AsSpan(i, 3).SequenceEqual(image.AsSpan(i, 3)) ? 1 : 0;
        }

        double values = Draws * (double)image.Length;
        return (difference / values, shift / values, unchanged / values * 3);
    }
}
