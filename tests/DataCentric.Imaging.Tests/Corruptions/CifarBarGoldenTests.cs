using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>
/// Pixels of the ten kinds of CIFAR-10-C-bar with their draws fixed, against imagenet_c_bar/corrupt.py of
/// facebookresearch/augmentation-corruption (ba4d5a5) with numpy 1.24.2, scipy 1.10.1 and scikit-image 0.19.3, run by us.
/// </summary>
public class CifarBarGoldenTests
{
    private static readonly (int Y, int X)[] Places = [(0, 0), (5, 7), (16, 16), (20, 3), (31, 31)];

    [Theory]
    [InlineData("ripple", 1, 123.4932, "2,2,3 59,37,53 125,125,100 22,163,180 247,247,1")]
    [InlineData("ripple", 5, 123.4876, "3,3,3 60,36,69 124,124,120 21,165,179 246,246,2")]
    [InlineData("pinch_and_twirl", 1, 123.6562, "0,0,0 58,34,41 133,124,95 24,160,184 248,248,0")]
    [InlineData("pinch_and_twirl", 5, 123.6943, "0,0,0 57,28,40 137,119,239 24,160,184 248,248,0")]
    [InlineData("transverse_chromatic_abberation", 1, 123.9609, "8,3,4 60,40,25 128,128,124 30,160,152 240,245,8")]
    [InlineData("transverse_chromatic_abberation", 3, 124.0000, "25,3,11 70,40,94 127,128,79 45,160,156 223,245,11")]
    [InlineData("transverse_chromatic_abberation", 5, 124.0000, "42,3,23 79,40,87 127,128,87 58,160,165 206,245,23")]
    [InlineData("circular_motion_blur", 1, 116.4023, "0,0,0 56,40,24 127,127,0 24,159,172 20,20,0")]
    [InlineData("circular_motion_blur", 5, 115.6439, "0,0,0 56,40,35 127,127,1 24,159,158 20,20,0")]
    [InlineData("sparkles", 5, 155.4323, "18,18,18 98,86,67 216,216,176 52,171,192 248,248,8")]
    [InlineData("inverse_sparkles", 4, 172.4674, "156,156,156 121,110,94 128,128,0 142,208,220 253,253,190")]
    [InlineData("checkerboard_cutout", 5, 127.6094, "128,128,128 56,40,16 128,128,0 128,128,128 248,248,0")]
    public void A_kind_with_fixed_draws_gives_the_reference_pixels(string kind, int severity, double mean, string pixels)
    {
        var output = Fixed(kind, severity, TestImages.Syn, TestImages.Shape);

        TestImages.Mean(output).ShouldBe(mean, 0.03);
        ShouldBe(output, 32, Places, pixels);
    }

    // Severity 5, that of inverse_sparkles 4, with the reference's im_size.
    [Theory]
    [InlineData("ripple", 75, 153.1751, "138,187,136 71,120,186 197,190,113 218,162,101 77,51,41")]
    [InlineData("pinch_and_twirl", 75, 154.4284, "128,187,148 77,141,194 205,208,133 214,144,100 225,149,121")]
    [InlineData("transverse_chromatic_abberation", 75, 151.7882, "170,187,77 114,140,197 201,186,111 125,144,134 157,152,161")]
    [InlineData("circular_motion_blur", 75, 148.3569, "10,15,12 78,140,190 202,183,107 213,144,101 18,12,10")]
    [InlineData("sparkles", 75, 177.5556, "137,191,155 143,183,216 241,237,217 219,159,121 225,152,125")]
    [InlineData("inverse_sparkles", 75, 192.9120, "206,228,213 77,141,194 202,184,107 229,186,159 247,228,222")]
    [InlineData("checkerboard_cutout", 75, 142.0309, "128,128,128 77,141,194 202,184,107 214,144,100 225,149,121")]
    [InlineData("ripple", 224, 149.9108, "159,182,113 185,151,77 154,87,115 122,199,210 0,0,0")]
    [InlineData("pinch_and_twirl", 224, 153.6300, "128,187,148 181,105,77 88,111,187 204,213,140 212,232,161")]
    [InlineData("transverse_chromatic_abberation", 224, 153.6164, "189,187,181 88,105,164 136,101,162 119,217,153 143,233,127")]
    [InlineData("circular_motion_blur", 224, 148.4268, "10,15,12 161,114,96 138,103,166 168,212,171 17,19,13")]
    [InlineData("sparkles", 224, 176.7227, "137,191,155 207,157,139 219,208,228 176,222,182 213,232,163")]
    [InlineData("inverse_sparkles", 224, 192.8607, "206,228,213 181,105,77 139,104,167 198,231,202 244,249,232")]
    [InlineData("checkerboard_cutout", 224, 141.5454, "128,128,128 181,105,77 139,104,167 164,217,171 212,232,161")]
    public void At_another_size_a_kind_with_fixed_draws_gives_the_reference_pixels(string kind, int side, double mean, string pixels)
    {
        var shape = new ImageShape(side, side);

        var output = Fixed(kind, 5, TestImages.Scene(shape), shape);

        TestImages.Mean(output).ShouldBe(mean, 0.03);
        ShouldBe(output, side, [(0, 0), (side / 5, side / 3), (side / 2, side / 2), (2 * side / 3, side / 7), (side - 1, side - 1)], pixels);
    }

    // Row, column, cover of each pixel in scikit-image's order.
    [Theory]
    [InlineData(2, -1, 7, 1, "2,-1,1 2,0,.0715 3,-1,.6286 4,-1,.2572 3,0,.4429 4,0,.8143 5,0,.8143 5,1,.2572 6,0,.4429 7,0,.0715 6,1,.6286 7,1,1")]
    [InlineData(0, 0, 0, 3, "0,0,1 0,1,1 0,2,1 0,3,1")]
    [InlineData(5, 5, 5, 5, "5,5,1")]
    [InlineData(9, 3, 4, 14, "9,3,1 8,3,.0896 9,4,.5862 8,4,.5034 9,5,.1724 8,5,.9172 7,5,.0069 8,6,.6690 7,6,.4207 8,7,.2552 7,7,.8345 7,8,.7517 6,8,.3379 "
        + "7,9,.3379 6,9,.7517 6,10,.8345 5,10,.2552 6,11,.4207 5,11,.6690 6,12,.0069 5,12,.9172 4,12,.1724 5,13,.5034 4,13,.5862 5,14,.0896 4,14,1")]
    public void A_smooth_line_covers_pixels_as_in_the_reference(int y0, int x0, int y1, int x1, string expected)
    {
        var line = new SmoothLine(y0, x0, y1, x1);
        var found = new List<(double, double, double)>();
        while (line.Next(out var place, out var cover))
            found.Add((place.Y, place.X, Math.Round(cover, 4)));

        line.Next(out _, out _).ShouldBeFalse();
        found.ShouldBe(expected.Split(' ').Select(entry => entry.Split(',').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Select(entry => (entry[0], entry[1], entry[2])));
    }

    [Theory]
    [InlineData(32, 0.2556, -0.2839, 1.3320, 0.3480, 0.3351)]
    [InlineData(33, 0.3056, -0.6693, 0.6376, 0.4538, 0.6196)]
    public void Brownish_noise_of_fixed_phases_is_that_of_the_reference(int side, params double[] expected)
    {
        var noise = Noise(side, distance => 1 / ((distance * distance) + 1));

        foreach (var ((y, x), value) in Places.Zip(expected))
            ((double)noise[(y * side) + x]).ShouldBe(value, 1e-4);
    }

    // Number, first twelve and sum of the pixels up to the thresholds of severity 1 and 3.
    [Theory]
    [InlineData(32, -2.29, 8, 3668, "204,234,236,267,300,788,818,821")]
    [InlineData(32, -1.87, 10, 4761, "204,234,236,267,270,300,788,818,821,823")]
    [InlineData(33, -2.29, 17, 9370, "384,415,418,451,453,480,482,483,548,574,639,640")]
    [InlineData(33, -1.87, 22, 12379, "383,384,415,418,451,453,480,482,483,548,573,574")]
    public void Blue_noise_of_fixed_phases_chooses_the_pixels_of_the_reference(int side, double threshold, int count, int sum, string first)
    {
        var noise = Noise(side, distance => distance);

        var black = Enumerable.Range(0, noise.Length).Where(i => noise[i] <= threshold).ToArray();

        string.Join(',', black.Take(12)).ShouldBe(first);
        (black.Length, black.Sum()).ShouldBe((count, sum));
    }

    private static void ShouldBe(byte[] output, int width, (int Y, int X)[] places, string pixels)
    {
        foreach (var ((y, x), expected) in places.Zip(pixels.Split(' ')))
        {
            foreach (var (found, value) in output.AsSpan(3 * ((y * width) + x), 3).ToArray().Zip(expected.Split(',').Select(int.Parse)))
                ((int)found).ShouldBeInRange(value - 1, value + 1, $"{y}, {x}: {expected}");
        }
    }

    private static byte[] Fixed(string kind, int severity, byte[] image, ImageShape shape)
    {
        var scratch = new CorruptionScratch();
        var output = new byte[image.Length];
        Interval at = new(0.4, 0.4), phase = new(40, 40), length = new(0.2, 0.2);
        switch (kind)
        {
            case "ripple":
                return Apply(new Ripple(default, new() { Amplitude = severity == 1 ? 0.01375 : 0.02, Wavelength = length, Phase = phase }));
            case "sparkles":
                return Apply(new Sparkles(default, new() { Radius = 0.07, Randomness = 0, Rays = (77, 77), Centre = at }));
            case "inverse_sparkles":
                return Apply(new InverseSparkles(default, new() { Exponent = 0.585, Randomness = 0, Rays = (60, 60), Centre = at }));
            case "checkerboard_cutout":
                return Apply(new CheckerboardCutout(default, new() { Fraction = 1, Square = length, Angle = new(30, 30) }));
            case "pinch_and_twirl":
                bool[] backward = [.. Enumerable.Range(0, shape.Height == 224 ? 25 : 9).Select(disk => disk % 2 != 0)];
                ((PinchAndTwirl)CorruptionCatalog.Create("cifar-bar", kind, severity)).Warp(image, output, shape, backward, scratch);
                return output;
            case "transverse_chromatic_abberation":
                ((TransverseChromaticAberration)CorruptionCatalog.Create("cifar-bar", kind, severity)).Zoom(image, output, shape, [2, 0, 1], scratch);
                return output;
            default:
                return Apply(CorruptionCatalog.Create("cifar-bar", kind, severity));
        }

        byte[] Apply(Corruption corruption) => GoldenValueTests.Apply(corruption, image, 0, shape);
    }

    // Phase i is the fraction of i 2654435761 / 2^32 of a turn; that of the middle frequency of odd sides is 0 in the reference.
    private static float[] Noise(int side, Func<double, double> power)
    {
        var phases = Enumerable.Range(0, ((side * side) + 1) / 2).Select(i => (uint)i * 2654435761u).ToArray();
        if (side % 2 != 0)
            phases[^1] = 0;
        var noise = new float[side * side];
        new SpectralNoise(power).Make(new ImageShape(side, side), phases, noise, new CorruptionScratch());
        return noise;
    }
}
