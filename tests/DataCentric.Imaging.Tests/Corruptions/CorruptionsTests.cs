using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using Sets = DataCentric.Imaging.Corruptions.Corruptions;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>The corruptions as code asks for them.</summary>
public sealed class CorruptionsTests
{
    private static readonly ImageShape Shape = new(32, 32);
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, Shape.ByteLength).Select(i => (byte)(i * 7 % 253))];

    [Fact]
    public void One_corruption_gives_the_bytes_that_a_run_with_that_seed_and_sample_gives()
    {
        var expected = new byte[Pixels.Length];
        Corrupter.Apply(9, 4, CorruptionCatalog.Create("cifar", "frost", 2), Pixels, expected, Shape, new CorruptionScratch());

        Sets.Cifar["frost", severity: 2].Apply(Pixels, Shape, seed: 9, sample: 4).ShouldBe(expected);
        Sets.Cifar["frost", severity: 2].Apply(Pixels, Shape, seed: 9, sample: 5).ShouldNotBe(expected);
    }

    [Fact]
    public void The_sets_are_all_that_there_are() =>
        new[] { Sets.Paper14, Sets.Cifar, Sets.ImageNet, Sets.CifarBar, Sets.Augmentations }.ShouldBe(CorruptionCatalog.Sets);

    [Fact]
    public void What_there_is_not_is_told_with_what_there_is()
    {
        Should.Throw<InputException>(() => Sets.Cifar["hail", 1]).Message.ShouldContain("frost");
        Should.Throw<InputException>(() => Sets.Cifar["frost"]).Message.ShouldContain("severity 0");
        Sets.Paper14["frost"].Severity.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_image()
    {
        var (corruptions, output) = (new[] { Sets.Cifar["frost", 2], Sets.Cifar["fog", 5], Sets.CifarBar["sparkles", 1] }, new byte[Pixels.Length]);
        foreach (var corruption in corruptions)
            corruption.Apply(Pixels, output, Shape);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0UL; i < 20; i++)
        {
            foreach (var corruption in corruptions)
                corruption.Apply(Pixels, output, Shape, seed: 1, sample: i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
