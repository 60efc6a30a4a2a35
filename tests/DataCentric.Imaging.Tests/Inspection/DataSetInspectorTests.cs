using System.Text.Json;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Inspection;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Tests.Formats;

namespace DataCentric.Imaging.Tests.Inspection;

public class DataSetInspectorTests
{
    [Fact]
    public void Statistics_are_those_of_the_definition()
    {
        using var folder = new TempFolder();
        var pixels = Enumerable.Range(0, 5).Select(i => Made.Bytes(3072, i)).ToArray();
        using var reader = ImageSource.Open(folder.Write(
            "x.bin", [.. pixels.SelectMany((image, i) => Made.CifarRecord(i % 3, image))]));

        var found = Inspect(reader);

        (found.Format, found.Count, found.Height, found.Width, found.HasSoftLabels).ShouldBe(("cifar-binary", 5, 32, 32, false));
        found.Classes.Select(c => c.Count).ShouldBe([2, 2, 1, 0, 0, 0, 0, 0, 0, 0]);
        for (var channel = 0; channel < 3; channel++)
        {
            var values = pixels.SelectMany(image => image.Where((_, i) => i % 3 == channel)).Select(value => (double)value).ToArray();
            var mean = values.Average();
            found.ChannelMeans[channel].ShouldBe(mean, 1e-9);
            found.ChannelDeviations[channel].ShouldBe(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), 1e-9);
        }
    }

    [Fact]
    public void Repeats_and_constant_images_are_found()
    {
        using var folder = new TempFolder();
        var (a, b) = (Made.Bytes(3072, 1), Made.Bytes(3072, 2));
        byte[] blank = [.. Enumerable.Repeat(new byte[] { 9, 8, 7 }, 1024).SelectMany(pixel => pixel)];
        (int Label, byte[] Image)[] records = [(0, a), (1, b), (0, a), (2, a), (3, blank), (1, b)];
        using var reader = ImageSource.Open(folder.Write("x.bin", [.. records.SelectMany(r => Made.CifarRecord(r.Label, r.Image))]));

        var found = Inspect(reader);

        found.ConstantImages.ShouldBe(1);
        (found.Duplicates.Images, found.Duplicates.Groups, found.Duplicates.OtherLabels).ShouldBe((3, 2, 1));
        found.Duplicates.Examples.ShouldBe(
            [new("x.bin#2", "x.bin#0", true), new("x.bin#3", "x.bin#0", false), new("x.bin#5", "x.bin#1", true)]);
    }

    [Fact]
    public void The_result_is_json_and_back()
    {
        using var reader = ImageSource.Open(RealData.Sample("t10k-images-idx3-ubyte.gz"));

        var json = JsonSerializer.Serialize(Inspect(reader));
        var back = JsonSerializer.Deserialize<DataSetInspection>(json)!;

        back.Count.ShouldBe(1000);
        back.Classes[9].ShouldBe(new ClassCount("Ankle boot", 95));
        back.Classes.Sum(c => c.Count).ShouldBe(1000);
        back.ChannelMeans.ShouldAllBe(mean => mean == back.ChannelMeans[0]);
    }

    // Channel statistics of the CIFAR-10 training set are about (125.3, 123.0, 113.9) and (63.0, 62.1, 66.7) levels.
    [Fact]
    public void Real_cifar10_has_its_known_statistics()
    {
        using var reader = ImageSource.Open(RealData.Cifar10("data_batch_1.bin"));

        var found = Inspect(reader);

        double[] means = [125.3, 123.0, 113.9];
        double[] deviations = [63.0, 62.1, 66.7];
        for (var channel = 0; channel < 3; channel++)
        {
            found.ChannelMeans[channel].ShouldBe(means[channel], 1);
            found.ChannelDeviations[channel].ShouldBe(deviations[channel], 1);
        }
    }

    [Fact]
    public void Samples_are_collected_in_the_same_pass()
    {
        using var reader = ImageSource.Open(RealData.Sample("t10k-images-idx3-ubyte.gz"));
        var samples = new ClassSamples(reader.Info.Classes, reader.Info.Shape, perClass: 2);

        Inspect(reader, samples.Add);

        var png = samples.Draw("Fashion-MNIST", "1,000 images");
        using var sheet = SkiaSharp.SKBitmap.Decode(png);
        sheet.Height.ShouldBeGreaterThan(10 * 96);
        ClassSamples.IsDrawn(new MemoryStream(png)).ShouldBeTrue();
        ClassSamples.IsDrawn(new MemoryStream(RgbImage.EncodePng(new byte[8 * 8 * 3], new(8, 8)))).ShouldBeFalse();
        ClassSamples.IsDrawn(new MemoryStream(png[..40])).ShouldBeFalse();
    }

    [Fact]
    public void Inspecting_stops_when_asked_to()
    {
        using var reader = ImageSource.Open(RealData.Sample("t10k-images-idx3-ubyte.gz"));

        Should.Throw<OperationCanceledException>(() => DataSetInspector.Inspect(reader, cancellationToken: new(canceled: true)));
    }

    [Fact]
    public void Inspecting_tells_how_far_it_is_in_both_sets_and_in_comparing_them()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("a/1.png", 8, 1), ("b/0.png", 8, 2));
        folder.Write("b/1.png", "broken");
        using var reader = ImageSource.Open(folder.Path);
        using var against = ImageSource.Open(folder.Path);
        var progress = new Told();

        DataSetInspector.Inspect(reader, against: against, progress: progress, cancellationToken: TestContext.Current.CancellationToken);

        progress.Last.ShouldBe(["read 4/4", "compare 3/3", "read the other 4/4", "compare both 3/3"]);
    }

    [Fact]
    public void Every_broken_picture_and_every_one_of_another_size_is_listed_and_whole_ones_are_counted()
    {
        using var folder = new TempFolder();
        folder.Write("a/0.png", "broken"u8.ToArray());
        folder.Write("a/1.png", Encodable.Png(8, 8, 1));
        folder.Write("b/2.png", Encodable.Png(8, 8, 2)[..60]);
        folder.Write("b/3.png", Encodable.Png(9, 8, 3));
        folder.Write("b/4.png", Encodable.Png(8, 8, 4));
        using var reader = ImageSource.Open(folder.Path);

        var found = Inspect(reader);

        found.Count.ShouldBe(2);
        found.Broken.Select(image => image.Image).ShouldBe(["a/0.png", "b/2.png"]);
        found.OtherSizes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(image => image.Image.ShouldBe("b/3.png"), image => image.Reason.ShouldContain("is 9x8"));
        found.Broken.ShouldAllBe(image => image.Reason.StartsWith(folder.Path));
        found.Classes.Select(entry => entry.Count).ShouldBe([1, 2]);
        found.Pictures!.Sizes.ShouldBe([new("8x8", 2), new("9x8", 1)]);
    }

    private static DataSetInspection Inspect(IImageReader reader, Action<ImageSet>? onBatch = null) =>
        DataSetInspector.Inspect(reader, onBatch, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class Told : IProgress<InspectionProgress>
    {
        private readonly Dictionary<string, string> _last = [];

        public IEnumerable<string> Last => _last.Values;

        public void Report(InspectionProgress value) => _last[value.Work] = $"{value.Work} {value.Done}/{value.Total}";
    }
}
