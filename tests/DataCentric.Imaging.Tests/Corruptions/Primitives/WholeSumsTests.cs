using DataCentric.Images;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Tests.Corruptions.Primitives;

/// <summary>What is computed in a quicker way is what the plain way gives.</summary>
public sealed class WholeSumsTests
{
    [Theory]
    [InlineData(9, 0, 32, 32)]
    [InlineData(9, 45, 33, 47)]
    [InlineData(31, -14.5, 64, 40)]
    [InlineData(67, 8, 224, 96)]
    [InlineData(67, 90, 96, 100)]
    public void Levels_are_those_of_floats_tap_by_tap(int size, double angle, int height, int width)
    {
        var shape = new ImageShape(height, width);
        for (var kind = 0; kind < 4; kind++)
        {
            var map = Map(shape, kind);
            var expected = Plain(map, shape, size, angle);

            LineKernel.Blur(map, shape, size, angle, new CorruptionScratch());

            map.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(50 * 51)]
    public void Sums_of_channels_are_those_of_a_loop(int pixels)
    {
        var image = new byte[3 * pixels];
        for (var i = 0; i < image.Length; i++)
            image[i] = (byte)(255 - (i * 7 % 251));
        var sums = new long[3];

        ChannelSums.Count(image, sums);

        sums.ShouldBe([.. Enumerable.Range(0, 3).Select(channel => image.Where((_, i) => i % 3 == channel).Sum(value => (long)value))]);
    }

    private static float[] Map(ImageShape shape, int kind)
    {
        var random = new CounterRandom(5, (ulong)kind, RandomStage.Texture);
        var map = new float[shape.PixelCount];
        foreach (ref var value in map.AsSpan())
            value = kind switch { 0 => random.Below(256), 1 => random.Chance(0.1) ? random.Below(256) : 0, 2 => 255, _ => random.Below(2) };
        return map;
    }

    // The sum over all taps in their order, each rounded, as the reference images were made.
    private static float[] Plain(float[] map, ImageShape shape, int size, double angle)
    {
        var kernel = new float[size * size];
        var sum = LineKernel.Fill(size, angle, kernel);
        var output = new float[map.Length];
        for (var i = 0; i < output.Length; i++)
        {
            var total = 0f;
            for (var place = 0; place < kernel.Length; place++)
            {
                if (kernel[place] == 0)
                    continue;
                var y = Border.Reflect101.Index((i / shape.Width) + (place / size) - (size / 2), shape.Height);
                var x = Border.Reflect101.Index((i % shape.Width) + (place % size) - (size / 2), shape.Width);
                var weight = kernel[place] / sum;
                total += weight * map[(y * shape.Width) + x];
            }

            output[i] = Math.Clamp(MathF.Round(total), 0f, 255f);
        }

        return output;
    }
}
