using System.Text.Json;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Tests.Formats;

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

        using var sheet = SkiaSharp.SKBitmap.Decode(samples.Draw("Fashion-MNIST", "1,000 images"));
        sheet.Height.ShouldBeGreaterThan(10 * 96);
    }

    [Fact]
    public void Inspecting_stops_when_asked_to()
    {
        using var reader = ImageSource.Open(RealData.Sample("t10k-images-idx3-ubyte.gz"));

        Should.Throw<OperationCanceledException>(() => DataSetInspector.Inspect(reader, null, new CancellationToken(canceled: true)));
    }

    private static DataSetInspection Inspect(IImageReader reader, Action<ImageSet>? onBatch = null) =>
        DataSetInspector.Inspect(reader, onBatch, TestContext.Current.CancellationToken);
}
