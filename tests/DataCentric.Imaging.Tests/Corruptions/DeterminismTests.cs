using DataCentric.Images;
using DataCentric.Imaging.Corruptions;

namespace DataCentric.Imaging.Tests.Corruptions;

public class DeterminismTests
{
    private const int Images = 40;

    public static TheoryData<string, string, int> Everything { get; } = new(
        CorruptionCatalog.Sets.SelectMany(set => set.Kinds.SelectMany(kind => kind.Severities.Select(s => (set.Name, kind.Name, s)))));

    [Theory]
    [MemberData(nameof(Everything))]
    public void Order_batch_size_and_threads_do_not_change_a_byte(string set, string kind, int severity)
    {
        var shape = new ImageShape(24, 40);
        var corruption = CorruptionCatalog.Create(set, kind, severity);
        var image = TestImages.Scene(shape);
        var forward = new byte[Images][];
        var scratch = new CorruptionScratch();
        for (var sample = 0; sample < Images; sample++)
            forward[sample] = Apply(corruption, image, shape, sample, scratch);

        var backward = new byte[Images][];
        for (var sample = Images - 1; sample >= 0; sample--)
            backward[sample] = Apply(corruption, image, shape, sample, new CorruptionScratch());
        var parallel = new byte[Images][];
        Parallel.For(
            0,
            Images,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            () => new CorruptionScratch(),
            (sample, _, own) =>
            {
                parallel[sample] = Apply(CorruptionCatalog.Create(set, kind, severity), image, shape, sample, own);
                return own;
            },
            _ => { });

        backward.ShouldBe(forward);
        parallel.ShouldBe(forward);
    }

    [Fact]
    public void A_scratch_that_served_other_kinds_and_shapes_does_not_change_a_byte()
    {
        var shape = new ImageShape(19, 33);
        var image = TestImages.Scene(shape);
        var shared = new CorruptionScratch();
        foreach (var corruption in CorruptionCatalog.CreateAll("paper14"))
        {
            var larger = new ImageShape(50, 41);
            Apply(corruption, TestImages.Scene(larger), larger, 1, shared);

            Apply(corruption, image, shape, 5, shared).ShouldBe(Apply(corruption, image, shape, 5, new CorruptionScratch()), corruption.Name);
        }
    }

    [Fact]
    public void Other_seeds_samples_and_severities_give_other_draws()
    {
        var noise = CorruptionCatalog.Create("paper14", "gaussian_noise");
        var outputs = new[]
        {
            Corrupt(noise, 1, 1), Corrupt(noise, 2, 1), Corrupt(noise, 1, 2), Corrupt(CorruptionCatalog.Create("paper14", "dropout"), 1, 1),
        };

        outputs.Select(Convert.ToHexString).ShouldBeUnique();
    }

    private static byte[] Corrupt(Corruption corruption, ulong seed, ulong sample)
    {
        var output = new byte[TestImages.Grey.Length];
        Corrupter.Apply(seed, sample, corruption, TestImages.Grey, output, TestImages.Shape, new CorruptionScratch());
        return output;
    }

    private static byte[] Apply(Corruption corruption, byte[] image, ImageShape shape, int sample, CorruptionScratch scratch)
    {
        var output = new byte[image.Length];
        Array.Fill(output, (byte)(sample * 37));
        Corrupter.Apply(3, (ulong)sample, corruption, image, output, shape, scratch);
        return output;
    }
}
