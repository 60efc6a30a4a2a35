using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

public class CorruptionCatalogTests
{
    [Fact]
    public void The_papers_set_holds_its_14_kinds_in_order() =>
        CorruptionCatalog.Set("all14").Kinds.Select(kind => kind.Name).ShouldBe(
        [
            "rain", "snow", "frost", "saturate", "dropout", "coarse_dropout", "snowflakes",
            "gaussian_noise", "elastic", "kmeans", "gaussian_blur", "motion_blur", "jpeg", "pixelate",
        ]);

    [Theory]
    [InlineData("cifar")]
    [InlineData("imagenet")]
    [InlineData("all19")]
    public void The_sets_of_the_literature_hold_the_15_common_kinds_and_the_4_extra_ones(string set) =>
        CorruptionCatalog.Set(set).Kinds.Select(kind => kind.Name).ShouldBe(
        [
            "gaussian_noise", "shot_noise", "impulse_noise", "defocus_blur", "glass_blur", "motion_blur", "zoom_blur",
            "snow", "frost", "fog", "brightness", "contrast", "elastic_transform", "pixelate", "jpeg_compression",
            "speckle_noise", "gaussian_blur", "spatter", "saturate",
        ]);

    // cifar10_c_bar.csv of facebookresearch/augmentation-corruption, names and order.
    [Fact]
    public void The_set_of_unseen_kinds_holds_the_ten_of_CIFAR_10_C_bar_and_none_of_another_set()
    {
        var kinds = CorruptionCatalog.Set("cifar-bar").Kinds.Select(kind => kind.Name).ToArray();

        kinds.ShouldBe(
        [
            "blue_noise_sample", "checkerboard_cutout", "inverse_sparkles", "pinch_and_twirl", "ripple", "brownish_noise",
            "circular_motion_blur", "lines", "sparkles", "transverse_chromatic_abberation",
        ]);
        CorruptionCatalog.Sets.Where(set => set.Name != "cifar-bar").SelectMany(set => set.Kinds).ShouldAllBe(kind => !kinds.Contains(kind.Name));
    }

    [Fact]
    public void Every_code_is_unique_and_fits_the_random_stream()
    {
        var all = CorruptionCatalog.Sets
            .SelectMany(set => set.Kinds.SelectMany(kind => kind.Severities.Select(s => CorruptionCatalog.Create(set.Name, kind.Name, s))))
            .ToArray();

        all.Select(corruption => corruption.Code).ShouldBeUnique();
        all.ShouldAllBe(corruption => corruption.Code > 0 && corruption.Code < 1 << 24);
    }

    // Stored results depend on these numbers.
    [Theory]
    [InlineData("paper14", "rain", 0, 0x010100)]
    [InlineData("paper14", "pixelate", 0, 0x010E00)]
    [InlineData("cifar", "gaussian_noise", 1, 0x020801)]
    [InlineData("cifar", "spatter", 5, 0x021A05)]
    [InlineData("imagenet", "jpeg_compression", 3, 0x031803)]
    [InlineData("cifar-bar", "blue_noise_sample", 1, 0x041B01)]
    [InlineData("cifar-bar", "transverse_chromatic_abberation", 5, 0x042405)]
    public void Codes_never_change(string set, string kind, int severity, int code) =>
        CorruptionCatalog.Create(set, kind, severity).Code.ShouldBe(code);

    [Fact]
    public void An_unknown_set_kind_or_severity_is_refused_with_what_there_is()
    {
        Should.Throw<InputException>(() => CorruptionCatalog.Create("paper", "rain")).Message
            .ShouldContain("No set of corruptions is called 'paper'; there are paper14");
        Should.Throw<InputException>(() => CorruptionCatalog.Create("paper14", "hail")).Message
            .ShouldContain("has no corruption 'hail'; it has rain, snow, frost");
        Should.Throw<InputException>(() => CorruptionCatalog.Create("paper14", "rain", 9)).Message
            .ShouldContain("paper14/rain has no severity 9; it has 0 (the exact parameters), 1, 2, 3, 4, 5");
    }

    [Theory]
    [InlineData("all14", "paper14", 0, 14, "paper14/rain")]
    [InlineData("all19", null, 3, 19, "cifar/gaussian_noise:3")]
    [InlineData("all19", "imagenet", 5, 19, "imagenet/gaussian_noise:5")]
    [InlineData("imagenet", null, 1, 19, "imagenet/gaussian_noise:1")]
    [InlineData("snow, rain", "paper14", 0, 2, "paper14/snow")]
    [InlineData("fog", "cifar", 2, 1, "cifar/fog:2")]
    [InlineData("cifar-bar", null, 4, 10, "cifar-bar/blue_noise_sample:4")]
    [InlineData("ripple,lines", "cifar-bar", 5, 2, "cifar-bar/ripple:5")]
    [InlineData("all14", null, 0, 14, "paper14/rain")]
    public void Kinds_are_selected_as_a_user_lists_them(string kinds, string? set, int severity, int count, string first)
    {
        var selected = CorruptionCatalog.Select(kinds, set, severity);

        selected.Count.ShouldBe(count);
        selected[0].Id.ToString().ShouldBe(first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rain,rain")]
    [InlineData("rain,hail")]
    [InlineData("all14", "cifar")]
    public void A_list_of_kinds_that_cannot_be_meant_is_refused(string kinds, string? set = null) =>
        Should.Throw<InputException>(() => CorruptionCatalog.Select(kinds, set));

    // One of its values must be the paper's, so that the scale says how strong the others are.
    [Fact]
    public void The_scale_of_each_of_the_papers_kinds_passes_through_the_papers_own_strength()
    {
        foreach (var kind in CorruptionCatalog.Set("paper14").Kinds)
        {
            kind.Severities.ShouldBe([0, 1, 2, 3, 4, 5]);
            var exact = Strength(kind.Name, 0);
            var scale = Enumerable.Range(1, 5).Select(severity => Strength(kind.Name, severity)).ToArray();

            scale.ShouldContain(strength => Math.Abs(strength - exact) < (0.15 * exact) + 0.01, $"{kind.Name}: {exact} in {string.Join(" ", scale)}");
        }
    }

    [Fact]
    public void Spans_of_the_wrong_length_or_that_overlap_are_refused()
    {
        var corruption = CorruptionCatalog.Create("paper14", "dropout");
        var buffer = new byte[TestImages.Shape.ByteLength];

        Should.Throw<ArgumentException>(() => Apply(corruption, buffer, new byte[10], TestImages.Shape));
        Should.Throw<ArgumentException>(() => Apply(corruption, buffer, buffer, TestImages.Shape));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_images_of_a_shape()
    {
        var (scratch, output) = (new CorruptionScratch(), new byte[TestImages.Syn.Length]);
        string[] skia = ["jpeg", "jpeg_compression"];
        var all = CorruptionCatalog.Sets.SelectMany(set => CorruptionCatalog.CreateAll(set.Name, 5));
        foreach (var corruption in all.Where(corruption => !skia.Contains(corruption.Name)))
        {
            // The runtime allocates now and then on a thread's behalf when it compiles a method again; a kernel would do so each time.
            Enumerable.Range(0, 5).Min(_ => Allocated(corruption)).ShouldBe(0, corruption.Id.ToString());
        }

        long Allocated(Corruption corruption)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var sample = 0UL; sample < 50; sample++)
                Corrupter.Apply(1, sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static double Strength(string kind, int severity)
    {
        var (corruption, scratch, output) = (CorruptionCatalog.Create("paper14", kind, severity), new CorruptionScratch(), new byte[3072]);
        return Enumerable.Range(0, 300).Average(sample =>
        {
            Corrupter.Apply(23, (ulong)sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);
            return TestImages.Difference(TestImages.Syn, output);
        });
    }

    private static void Apply(Corruption corruption, byte[] source, byte[] destination, ImageShape shape) =>
        Corrupter.Apply(1, 1, corruption, source, destination, shape, new CorruptionScratch());
}
