using System.Globalization;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>
/// Mean absolute differences of the 19 kinds at every severity against the real libraries, run by us: make_cifar_c.py (8190fe3) with
/// ImageMagick 6.9.11 and imagecorruptions (c959e65), numpy 1.24.2, scipy and skimage 0.19.3, OpenCV 4.6.0, Pillow 9.4. Columns of
/// literature.csv: mean and deviation over draws on the synthetic image, and the mean on CIFAR-10 test images 0 to 255. Where
/// imagecorruptions turns an image without any drop of water black (0 / 0), its images were left as they were.
/// </summary>
public class LiteratureStatisticsTests
{
    private const int Draws = 200;
    private const int Photographs = 256;

    // On straight ramps these lose a level or not by the last bit of a double in the references; photographs have none.
    private static readonly string[] Deterministic =
        ["defocus_blur", "zoom_blur", "brightness", "contrast", "pixelate", "jpeg_compression", "gaussian_blur", "saturate"];

    public static TheoryData<string, string, int, double, double, int> Random { get; } = new(
        Rows.Where(row => !Deterministic.Contains(row.Kind))
            .Select(row => (row.Set, row.Kind, row.Severity, row.Synthetic, row.Deviation, row.Draws)));

    public static TheoryData<string, string, int, double> Fixed { get; } = new(
        Rows.Where(row => Deterministic.Contains(row.Kind)).Select(row => (row.Set, row.Kind, row.Severity, row.Photographs)));

    private static IEnumerable<(string Set, string Kind, int Severity, double Synthetic, double Deviation, int Draws, double Photographs)> Rows =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corruptions", "literature.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (
                cells[0],
                cells[1],
                int.Parse(cells[2], CultureInfo.InvariantCulture),
                double.Parse(cells[3], CultureInfo.InvariantCulture),
                double.Parse(cells[4], CultureInfo.InvariantCulture),
                int.Parse(cells[5], CultureInfo.InvariantCulture),
                double.Parse(cells[6], CultureInfo.InvariantCulture)));

    [Theory]
    [MemberData(nameof(Random))]
    public void A_random_kind_differs_from_the_synthetic_image_as_much_as_in_the_reference(
        string set, string kind, int severity, double expected, double deviation, int draws)
    {
        var scratch = new CorruptionScratch();
        var corruption = CorruptionCatalog.Create(set, kind, severity);
        var output = new byte[TestImages.Syn.Length];
        var difference = 0.0;
        for (var sample = 0UL; sample < Draws; sample++)
        {
            Corrupter.Apply(17, sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);
            difference += TestImages.Difference(TestImages.Syn, output) / Draws;
        }

        // Both means are samples.
        difference.ShouldBe(expected, Math.Max(0.01 * expected, 4 * deviation * Math.Sqrt((1.0 / Draws) + (1.0 / draws))));
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public void A_kind_without_randomness_differs_from_photographs_as_much_as_in_the_reference(
        string set, string kind, int severity, double expected)
    {
        var records = File.ReadAllBytes(RealData.Cifar10("test_batch.bin"));
        var scratch = new CorruptionScratch();
        var corruption = CorruptionCatalog.Create(set, kind, severity);
        var output = new byte[TestImages.Syn.Length];
        var difference = 0.0;
        for (var index = 0; index < Photographs; index++)
        {
            var image = TestImages.Cifar(records, index);
            Corrupter.Apply(17, (ulong)index, corruption, image, output, TestImages.Shape, scratch);
            difference += TestImages.Difference(image, output) / Photographs;
        }

        difference.ShouldBe(expected, 0.007 * expected);
    }
}
