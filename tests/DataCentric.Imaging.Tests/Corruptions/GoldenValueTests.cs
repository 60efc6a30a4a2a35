using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>Values of the real libraries (imgaug 0.4.0, imagecorruptions, Pillow, OpenCV) on one synthetic image.</summary>
public class GoldenValueTests
{
    private static readonly (int Y, int X)[] Places = [(0, 0), (5, 7), (16, 16), (20, 3), (31, 31)];

    [Theory]
    [InlineData("saturate", 0, 99.5928, "0,0,0 56,33,0 128,128,0 0,156,184 248,248,0")]
    [InlineData("gaussian_blur", 1, 124.0000, "6,6,7 56,40,42 128,128,105 24,160,159 242,242,7")]
    [InlineData("jpeg", 3, 123.9577, "4,0,2 50,33,52 118,118,82 26,159,166 250,241,16")]
    [InlineData("pixelate", 0, null, "4,4,4 56,44,12 124,124,124 28,164,156 244,244,4")]
    public void A_deterministic_kind_gives_the_reference_pixels(string kind, int tolerance, double? mean, string pixels)
    {
        var output = Apply(CorruptionCatalog.Create("paper14", kind), TestImages.Syn);

        ShouldBe(output, pixels, tolerance);
        if (mean is { } expected)
            TestImages.Mean(output).ShouldBe(expected, tolerance == 0 ? 0.0001 : 0.02);
    }

    [Theory]
    [InlineData(0, "16,0,16 72,39,81 144,128,16 40,159,158 247,247,0")]
    [InlineData(30, "15,6,14 71,46,81 143,134,14 39,166,150 247,247,0")]
    [InlineData(-45, "11,0,11 67,28,70 139,116,176 35,148,180 247,236,11")]
    public void Motion_blur_at_a_fixed_angle_gives_the_reference_pixels(double angle, string pixels)
    {
        var blur = new MotionBlur(default, new MotionBlurParameters { Angle = new(angle, angle) });

        ShouldBe(Apply(blur, TestImages.Syn), pixels, 1);
    }

    [Fact]
    public void K_means_in_rgb_gives_the_reference_centres_and_sizes()
    {
        int[] sizes = [64, 87, 85, 64, 78, 64, 155, 130, 66, 67, 84, 80];
        (int, int, int)[] centres =
        [
            (92, 220, 156), (35, 39, 28), (105, 143, 222), (156, 220, 92), (216, 89, 160), (220, 156, 92),
            (180, 38, 196), (74, 58, 82), (28, 218, 219), (218, 218, 26), (141, 141, 26), (25, 145, 145),
        ];
        var output = Apply(new KMeans(default, new KMeansParameters { Space = KMeansColours.Rgb }), TestImages.Syn);

        var found = output.Chunk(3).GroupBy(pixel => ((int)pixel[0], (int)pixel[1], (int)pixel[2]))
            .ToDictionary(group => group.Key, group => group.Count());

        found.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))
            .ShouldBe(centres.Zip(sizes).OrderBy(entry => entry.First).Select(entry => (entry.First, entry.Second)));
    }

    [Fact]
    public void Jpeg_leaves_grey_and_lifts_black_by_one_level()
    {
        var jpeg = CorruptionCatalog.Create("paper14", "jpeg");

        Apply(jpeg, TestImages.Grey).Distinct().ShouldBe(new byte[] { 128 });
        Apply(jpeg, TestImages.Black).Distinct().ShouldBe(new byte[] { 1 });
    }

    internal static byte[] Apply(Corruption corruption, byte[] image, ulong sample = 0, ImageShape? shape = null)
    {
        var output = new byte[image.Length];
        Corrupter.Apply(7, sample, corruption, image, output, shape ?? TestImages.Shape, new CorruptionScratch());
        return output;
    }

    private static void ShouldBe(byte[] output, string pixels, int tolerance)
    {
        var expected = pixels.Split(' ').Select(pixel => pixel.Split(',').Select(int.Parse).ToArray()).ToArray();
        for (var i = 0; i < Places.Length; i++)
        {
            var pixel = TestImages.Pixel(output, Places[i].Y, Places[i].X);
            for (var channel = 0; channel < 3; channel++)
                ((int)pixel[channel]).ShouldBeInRange(expected[i][channel] - tolerance, expected[i][channel] + tolerance, $"{Places[i]} channel {channel}");
        }
    }
}
