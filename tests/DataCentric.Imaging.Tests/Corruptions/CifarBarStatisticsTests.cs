using System.Globalization;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions;

/// <summary>
/// The ten kinds of CIFAR-10-C-bar at every severity against imagenet_c_bar/corrupt.py of facebookresearch/augmentation-corruption
/// (ba4d5a5) with numpy 1.24.2, scipy 1.10.1 and scikit-image 0.19.3, run by us. Columns of cifar-bar.csv: mean and deviation over draws
/// of the mean absolute difference and of the mean shift, and the share of unchanged pixels, on the synthetic image; mean and
/// deviation of the difference on CIFAR-10 test images 0 to 255.
/// </summary>
public class CifarBarStatisticsTests
{
    private const int Draws = 400;
    private const int Photographs = 256;

    public static TheoryData<string, int> All { get; } = new(Rows.Select(row => (row.Kind, row.Severity)));

    private static IEnumerable<Row> Rows => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corruptions", "cifar-bar.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .Select(cells => new Row(
            cells[0],
            int.Parse(cells[1], CultureInfo.InvariantCulture),
            [.. cells[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]));

    [Fact]
    public void The_reference_has_every_kind_at_every_severity() => Rows.Select(row => (row.Kind, row.Severity)).ShouldBe(
        CorruptionCatalog.Set("cifar-bar").Kinds.SelectMany(kind => kind.Severities.Select(severity => (kind.Name, severity))));

    [Theory]
    [MemberData(nameof(All))]
    public void On_the_synthetic_image(string kind, int severity)
    {
        var (scratch, corruption) = (new CorruptionScratch(), CorruptionCatalog.Create("cifar-bar", kind, severity));
        var output = new byte[TestImages.Syn.Length];
        var differences = new double[Draws];
        var (shift, unchanged) = (0.0, 0.0);
        for (var sample = 0; sample < Draws; sample++)
        {
            Corrupter.Apply(29, (ulong)sample, corruption, TestImages.Syn, output, TestImages.Shape, scratch);
            differences[sample] = TestImages.Difference(TestImages.Syn, output);
            shift += (TestImages.Mean(output) - TestImages.Mean(TestImages.Syn)) / Draws;
            unchanged += output.Chunk(3).Zip(TestImages.Syn.Chunk(3)).Count(pair => pair.First.SequenceEqual(pair.Second)) / (1024.0 * Draws);
        }

        var row = Rows.Single(row => row.Kind == kind && row.Severity == severity);
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Average(value => (value - mean) * (value - mean)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{mean:F4} {deviation:F4} {shift:F4} {unchanged:F4}, reference {row}");
        mean.ShouldBe(row.Difference, Bound(row.DifferenceDeviation));
        shift.ShouldBe(row.Shift, Bound(row.ShiftDeviation));
        unchanged.ShouldBe(row.Unchanged, 0.02);

        // The spread over draws, of two samples of 400, is known to a tenth or so.
        deviation.ShouldBe(row.DifferenceDeviation, (0.3 * row.DifferenceDeviation) + 0.001);

        // Both means are samples.
        static double Bound(double deviation) => 0.03 + (4 * deviation * Math.Sqrt(2.0 / Draws));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void On_photographs(string kind, int severity)
    {
        var records = File.ReadAllBytes(RealData.Cifar10("test_batch.bin"));
        var (scratch, corruption) = (new CorruptionScratch(), CorruptionCatalog.Create("cifar-bar", kind, severity));
        var output = new byte[TestImages.Syn.Length];
        var difference = 0.0;
        for (var index = 0; index < Photographs; index++)
        {
            var image = TestImages.Cifar(records, index);
            Corrupter.Apply(29, (ulong)index, corruption, image, output, TestImages.Shape, scratch);
            difference += TestImages.Difference(image, output) / Photographs;
        }

        // The photographs are the same; what the draws add to the spread is a part of it.
        var row = Rows.Single(row => row.Kind == kind && row.Severity == severity);
        TestContext.Current.TestOutputHelper?.WriteLine($"{difference:F4}, reference {row}");
        var bound = kind is "circular_motion_blur" ? 0 : 4 * row.PhotographDeviation * Math.Sqrt(2.0 / Photographs);
        difference.ShouldBe(row.Photographs, (0.003 * row.Photographs) + bound);
    }

    private sealed record Row(string Kind, int Severity, double[] Values)
    {
        public double Difference => Values[0];

        public double DifferenceDeviation => Values[1];

        public double Shift => Values[2];

        public double ShiftDeviation => Values[3];

        public double Unchanged => Values[4];

        public double Photographs => Values[6];

        public double PhotographDeviation => Values[7];

        public override string ToString() => string.Join(" ", Values);
    }
}
