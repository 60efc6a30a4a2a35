using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

public class ShapeTests
{
    private static readonly Corruption[] All =
        [.. CorruptionCatalog.Sets.SelectMany(set => set.Kinds.SelectMany(kind =>
            new[] { 1, 5 }.Select(severity => CorruptionCatalog.Create(set.Name, kind.Name, severity))))];

    [Theory]
    [InlineData(8, 8)]
    [InlineData(8, 700)]
    [InlineData(700, 8)]
    [InlineData(130, 97)]
    public void Every_kind_fits_every_shape(int height, int width)
    {
        var shape = new ImageShape(height, width);
        var (image, scratch) = (TestImages.Scene(shape), new CorruptionScratch());
        byte[] first = new byte[image.Length], second = new byte[image.Length];
        foreach (var corruption in All)
        {
            Corrupter.Apply(1, 1, corruption, image, first, shape, scratch);
            Array.Fill<byte>(second, 77);
            Corrupter.Apply(1, 1, corruption, image, second, shape, new CorruptionScratch());

            second.SequenceEqual(first).ShouldBeTrue($"{corruption.Id} leaves bytes of the destination as they were");
        }
    }

    [Fact]
    public void Any_kind_fits_any_shape() =>
        Gen.Select(Gen.Int[0, All.Length - 1], Gen.Int[8, 50], Gen.Int[8, 50], Gen.ULong).Sample(
            (kind, height, width, sample) =>
            {
                var shape = new ImageShape(height, width);
                var (image, output) = (TestImages.Scene(shape), new byte[shape.ByteLength]);

                Corrupter.Apply(1, sample, All[kind], image, output, shape, new CorruptionScratch());
            },
            iter: 500);

    [Theory]
    [InlineData("gaussian_blur")]
    [InlineData("defocus_blur")]
    [InlineData("glass_blur")]
    [InlineData("motion_blur")]
    [InlineData("zoom_blur")]
    [InlineData("contrast")]
    [InlineData("elastic_transform")]
    [InlineData("pixelate")]
    [InlineData("transverse_chromatic_abberation")]
    public void A_flat_image_stays_what_it_is(string kind)
    {
        // Larger than the longest motion blur, which else loses what lies outside. The widest disk of defocus_blur fills its grid,
        // whose mirrored borders then make its sum more than 1, as in the reference.
        var shape = new ImageShape(48, 48);
        foreach (var corruption in All.Where(corruption => corruption.Name == kind && corruption.Id.ToString() != "imagenet/defocus_blur:5"))
        {
            foreach (byte level in new byte[] { 0, 1, 77, 128, 201, 254, 255 })
            {
                var flat = new byte[shape.ByteLength];
                Array.Fill(flat, level);

                GoldenValueTests.Apply(corruption, flat, 1, shape).All(value => value == level).ShouldBeTrue($"{corruption.Id} level {level}");
            }
        }
    }

    // imgaug 0.4.0, 1000 draws: single flakes stay single flakes until a streak is two pixels long.
    [Theory]
    [InlineData(100, 120, 15.60)]
    [InlineData(224, 224, 12.79)]
    public void Snowflakes_cover_as_much_of_a_black_image_of_any_size_as_in_the_reference(int height, int width, double expected)
    {
        var shape = new ImageShape(height, width);
        var black = new byte[shape.ByteLength];
        var flakes = CorruptionCatalog.Create("paper14", "snowflakes");
        var mean = Enumerable.Range(0, 100)
            .Average(sample => TestImages.Mean(GoldenValueTests.Apply(flakes, black, (ulong)sample, shape)));

        mean.ShouldBe(expected, 4 * 8.6 / Math.Sqrt(100));
    }

    [Fact]
    public void Streaks_of_rain_grow_with_the_image()
    {
        var shape = new ImageShape(224, 224);
        var black = new byte[shape.ByteLength];
        var rain = CorruptionCatalog.Create("paper14", "rain");
        var difference = Enumerable.Range(0, 20)
            .Average(sample => TestImages.Mean(GoldenValueTests.Apply(rain, black, (ulong)sample, shape)));

        // 43 (deviation 19.6) at 32 x 32: the same share of the image is covered at any size.
        difference.ShouldBe(43, 4 * 19.6 / Math.Sqrt(20));
    }
}
