using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions.Primitives;

/// <summary>Values of OpenCV and imgaug 0.4.0 for the parts that kinds are made of.</summary>
public class PrimitiveGoldenTests
{
    [Fact]
    public void Cubic_remap_by_a_constant_shift_gives_the_reference_pixels()
    {
        var output = new byte[TestImages.Syn.Length];
        float[] right = [.. Enumerable.Repeat(0.3f, 1024)], down = [.. Enumerable.Repeat(-0.2f, 1024)];

        Remap.Cubic(TestImages.Syn, output, TestImages.Shape, right, down, 1, new CorruptionScratch());

        TestImages.Pixel(output, 0, 0).ShouldBe(new byte[] { 0, 1, 0 });
        TestImages.Pixel(output, 5, 7).ShouldBe(new byte[] { 53, 42, 7 });
        TestImages.Pixel(output, 16, 16).ShouldBe(new byte[] { 125, 130, 63 });
        TestImages.Pixel(output, 20, 3).ShouldBe(new byte[] { 21, 162, 194 });
        TestImages.Pixel(output, 31, 31).ShouldBe(new byte[] { 229, 231, 1 });
        TestImages.Mean(output).ShouldBe(122.915, 0.001);
    }

    [Theory]
    [InlineData(0, 0, 0, 128, 128)]
    [InlineData(5, 7, 45, 132, 146)]
    [InlineData(16, 16, 132, 115, 185)]
    [InlineData(20, 3, 155, 103, 106)]
    [InlineData(31, 31, 242, 107, 220)]
    public void Lab_in_bytes_is_that_of_opencv(int y, int x, byte l, byte a, byte b)
    {
        var pixel = TestImages.Pixel(TestImages.Syn, y, x);

        Lab8.Of(pixel[0], pixel[1], pixel[2]).ShouldBe((l, a, b));
    }

    [Fact]
    public void The_upright_kernel_of_rain_is_that_of_the_reference()
    {
        var kernel = new float[81];
        var sum = LineKernel.Fill(9, 0, kernel);

        // Printed with a divisor of 1142.4; 255, 223, 191, ... add up to 1144.
        float[] column = [0.2232f, 0.1953f, 0.1672f, 0.1392f, 0.1112f, 0.0831f, 0.0551f, 0.0271f, 0];
        float[] measured = [0.22290f, 0.19493f, 0.16696f, 0.13899f, 0.11101f, 0.08304f, 0.05507f, 0.02710f, 0];
        for (var y = 0; y < 9; y++)
        {
            (kernel[(9 * y) + 4] / sum).ShouldBe(column[y], 0.0004f);
            (kernel[(9 * y) + 4] / sum).ShouldBe(measured[y], 0.00001f);
            kernel.Where((_, i) => i / 9 == y && i % 9 != 4).ShouldAllBe(value => value == 0);
        }
    }

    [Fact]
    public void The_kernel_of_gaussian_blur_is_that_of_the_reference()
    {
        float[] expected = [0.0545f, 0.2442f, 0.4026f, 0.2442f, 0.0545f];

        GaussianFilter.ImgaugRadius(1).ShouldBe(2);
        GaussianFilter.Kernel(1, 2).Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.00006f);
        GaussianFilter.ByteKernel(1, 2).ShouldBe([14 / 256f, 62 / 256f, 104 / 256f, 62 / 256f, 14 / 256f]);
    }

    [Fact]
    public void The_normal_distribution_matches_published_values()
    {
        NormalDistribution.Cumulative(0).ShouldBe(0.5);
        NormalDistribution.Cumulative(1).ShouldBe(0.841344746068543, 1e-14);
        NormalDistribution.Cumulative(-1.959963984540054).ShouldBe(0.025, 1e-14);
        NormalDistribution.Cumulative(-6).ShouldBe(9.865876450377e-10, 1e-15);
        NormalDistribution.Cumulative(-20).ShouldBe(0);
    }
}
