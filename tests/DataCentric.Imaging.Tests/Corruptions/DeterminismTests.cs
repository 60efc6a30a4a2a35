using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

public class DeterminismTests
{
    private const int Images = 12;

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
                parallel[sample] = Apply(corruption, image, shape, sample, own);
                return own;
            },
            _ => { });

        for (var sample = 0; sample < Images; sample++)
        {
            backward[sample].SequenceEqual(forward[sample]).ShouldBeTrue($"sample {sample} in backward order");
            parallel[sample].SequenceEqual(forward[sample]).ShouldBeTrue($"sample {sample} in parallel");
        }
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

            var (used, fresh) = (Apply(corruption, image, shape, 5, shared), Apply(corruption, image, shape, 5, new CorruptionScratch()));
            used.SequenceEqual(fresh).ShouldBeTrue(corruption.Name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_batch_gives_the_bytes_of_single_images_on_any_number_of_threads(int threads)
    {
        var shape = new ImageShape(16, 20);
        var mix = CorruptionMix.Named("seed");
        ulong[] samples = [.. Enumerable.Range(0, 50).Select(i => (ulong)(7 * i))];
        var source = Enumerable.Range(0, samples.Length).SelectMany(_ => TestImages.Scene(shape)).ToArray();
        var batch = new byte[source.Length];

        Corrupter.ApplyAll(
            9, samples, sample => mix.Pick(9, sample), source, batch, shape, [.. Enumerable.Range(0, threads).Select(_ => new CorruptionScratch())]);

        var single = new byte[shape.ByteLength];
        for (var i = 0; i < samples.Length; i++)
        {
            Corrupter.Apply(9, samples[i], mix.Pick(9, samples[i]), TestImages.Scene(shape), single, shape, new CorruptionScratch());
            batch.AsSpan(i * single.Length, single.Length).SequenceEqual(single).ShouldBeTrue($"sample {samples[i]}");
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
