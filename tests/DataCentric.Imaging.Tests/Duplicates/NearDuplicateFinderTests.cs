using DataCentric.Images;
using DataCentric.Imaging.Duplicates;
using DataCentric.Randomness;

namespace DataCentric.Imaging.Tests.Duplicates;

public class NearDuplicateFinderTests
{
    private static readonly ImageShape Shape = new(10, 14);

    [Fact]
    public void Copies_mirror_images_and_slight_changes_are_found_and_nothing_else()
    {
        var (test, training) = (Make(30, 1), Make(30, 2));
        test.Image(3).CopyTo(training.Image(8));
        Mirrored(test.Image(4)).CopyTo(training.Image(9));
        Shifted(test.Image(5), 6).CopyTo(training.Image(10));
        Shifted(test.Image(6), 40).CopyTo(training.Image(11));
        var finder = new NearDuplicateFinder(test);

        finder.Search(training, CancellationToken.None);

        finder.Found.Select(match => (match.Index, match.Match, match.Mirrored, match.IsExact)).ShouldBe(
            [(3, "2#8", false, true), (4, "2#9", true, true), (5, "2#10", false, false)]);
        finder.Found[2].Distance.ShouldBe(6, 0.5);
    }

    [Fact]
    public void Plain_images_are_near_only_when_they_differ_by_less_than_their_contrast()
    {
        var (plain, other) = (Make(1, 1, amplitude: 3), Make(1, 2, amplitude: 3));
        var finder = new NearDuplicateFinder(plain);

        finder.Search(other, CancellationToken.None);

        finder.Found.ShouldBeEmpty();
    }

    [Fact]
    public void The_best_match_wins_over_several_sets()
    {
        var test = Make(1, 1);
        var finder = new NearDuplicateFinder(test);
        var (near, exact) = (Make(1, 2), Make(1, 3));
        Shifted(test.Image(0), 5).CopyTo(near.Image(0));
        test.Image(0).CopyTo(exact.Image(0));

        finder.Search(near, CancellationToken.None);
        finder.Search(exact, CancellationToken.None);

        finder.Found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(match => match.Match.ShouldBe("3#0"), match => match.IsExact.ShouldBeTrue());
    }

    [Fact]
    public void Bounds_never_exceed_the_distance()
    {
        var images = Make(40, 5, amplitude: 60);
        for (var n = 1; n < images.Count; n++)
        {
            var (one, other) = (new ImageSketch(images.Image(0), Shape), new ImageSketch(images.Image(n), Shape));
            var distance = Math.Sqrt(images.Image(0).ToArray().Zip(images.Image(n).ToArray(), (a, b) => (double)((a - b) * (a - b))).Average());

            Math.Sqrt(one.Blocks.Zip(other.Blocks, (a, b) => (double)((a - b) * (a - b))).Sum()).ShouldBeLessThanOrEqualTo(distance + 1e-3);
            Math.Abs(one.Mean - other.Mean).ShouldBeLessThanOrEqualTo(distance + 1e-9);
        }
    }

    private static ImageSet Make(int count, ulong seed, int amplitude = 80)
    {
        var pixels = new byte[count * Shape.ByteLength];
        for (var n = 0; n < count; n++)
        {
            var random = new CounterRandom(seed, (ulong)n, RandomStage.Texture);
            foreach (ref var value in pixels.AsSpan(n * Shape.ByteLength, Shape.ByteLength))
                value = (byte)(100 + random.Below((2 * amplitude) + 1) - amplitude);
        }

        return new(Shape, pixels, new int[count], [.. Enumerable.Range(0, count).Select(n => $"{seed}#{n}")]);
    }

    private static byte[] Shifted(ReadOnlySpan<byte> image, int levels) => [.. image.ToArray().Select(value => (byte)Math.Min(255, value + levels))];

    private static byte[] Mirrored(ReadOnlySpan<byte> image)
    {
        var mirrored = new byte[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (pixel, channel) = (i / 3, i % 3);
            mirrored[(((pixel / Shape.Width * Shape.Width) + Shape.Width - 1 - (pixel % Shape.Width)) * 3) + channel] = image[i];
        }

        return mirrored;
    }
}
