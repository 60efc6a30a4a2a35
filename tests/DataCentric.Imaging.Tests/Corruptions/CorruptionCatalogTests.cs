using DataCentric.Images;
using DataCentric.Imaging.Corruptions;

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
            .ShouldContain("paper14/rain has no severity 9; it has 0 (the exact parameters)");
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
        foreach (var corruption in CorruptionCatalog.CreateAll("paper14").Where(corruption => corruption.Name != "jpeg"))
        {
            for (var sample = 0UL; sample < 50; sample++)
                Corrupter.Apply(1, sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var sample = 0UL; sample < 50; sample++)
                Corrupter.Apply(1, sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, corruption.Name);
        }
    }

    private static void Apply(Corruption corruption, byte[] source, byte[] destination, ImageShape shape) =>
        Corrupter.Apply(1, 1, corruption, source, destination, shape, new CorruptionScratch());
}
