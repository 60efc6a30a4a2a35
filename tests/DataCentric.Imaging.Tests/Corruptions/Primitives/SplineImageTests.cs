using System.Runtime.Intrinsics;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions.Primitives;

public class SplineImageTests
{
    [Fact]
    public void At_its_pixels_a_spline_is_the_image()
    {
        var spline = new SplineImage(TestImages.Syn, TestImages.Shape, new CorruptionScratch());
        for (var i = 0; i < TestImages.Shape.PixelCount; i++)
        {
            var found = spline.At(i / 32, i % 32);
            for (var channel = 0; channel < 3; channel++)
                found[channel].ShouldBe(TestImages.Syn[(3 * i) + channel], 1e-3f);
        }

        spline.At(-0.01, 3).ShouldBe(Vector128<float>.Zero);
        spline.At(3, 31.01).ShouldBe(Vector128<float>.Zero);
    }

    [Fact]
    public void A_table_of_taps_gives_the_sum_of_the_places()
    {
        var shape = TestImages.Shape;
        var spline = new SplineImage(TestImages.Syn, shape, new CorruptionScratch());
        var taps = new SplineTaps(shape, Places);
        for (var i = 0; i < shape.PixelCount; i++)
        {
            var expected = Vector128<float>.Zero;
            foreach (var (y, x, weight) in Places(i / 32, i % 32))
                expected += (float)weight * spline.At(y, x);
            var found = spline.Sum(taps.Offsets(i), taps.Weights(i));
            for (var channel = 0; channel < 3; channel++)
                found[channel].ShouldBe(expected[channel], 1e-3f);
        }

        static IEnumerable<(double Y, double X, double Weight)> Places(int y, int x) => [(y + 0.3, x - 0.8, 0.25), (y, x, 0.5), (y - 1.7, x + 0.1, 0.25)];
    }
}
