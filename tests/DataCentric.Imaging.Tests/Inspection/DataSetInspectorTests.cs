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

    [Theory]
    [InlineData(50_000, false, true)]
    [InlineData(50_001, false, false)]
    [InlineData(50_001, true, true)]
    [InlineData(200_001, true, false)]
    public void Near_duplicates_are_looked_for_in_large_sets_where_that_is_asked_for(int count, bool comparesMany, bool looksForThem)
    {
        using var reader = new Short(count);

        var inspection = DataSetInspector.Inspect(reader, comparesMany: comparesMany, cancellationToken: TestContext.Current.CancellationToken);

        (inspection.NearDuplicates is not null).ShouldBe(looksForThem);
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
    public void Copies_that_are_moved_and_in_other_light_are_near_duplicates_and_others_are_not()
    {
        using var folder = new TempFolder();
        var scenes = Enumerable.Range(0, 6).Select(i => Scene(i, 0, 0, 1)).ToArray();
        byte[][] images = [.. scenes, Scene(1, 1, -1, 0.8), Scene(4, 0, 1, 1.1), scenes[2]];
        using var reader = ImageSource.Open(folder.Write("x.bin", [.. images.SelectMany((image, i) => Made.CifarRecord(i % 6, image))]));

        var found = Inspect(reader);

        found.NearDuplicates!.Pairs.Select(pair => (pair.Image, pair.Resembles)).Order()
            .ShouldBe([("x.bin#6", "x.bin#1"), ("x.bin#7", "x.bin#4")]);
        (found.NearDuplicates.Images, found.NearDuplicates.OtherLabels, found.Duplicates.Images).ShouldBe((2, 2, 1));
    }

    [Fact]
    public void Mirrored_copies_are_near_duplicates_even_moved_or_without_detail()
    {
        using var folder = new TempFolder();
        byte[] slope = [.. Enumerable.Range(0, 3072).Select(i => (byte)(40 + (5 * (i / 3 % 32)) + (i / 96)))];
        byte[] brighter = [.. Mirrored(slope).Select(value => (byte)(value + 4))];
        byte[][] images = [Scene(1, 0, 0, 1), Scene(4, 0, 0, 1), slope, Mirrored(Scene(1, 0, 0, 1)), Mirrored(Scene(4, 0, 1, 0.9)), brighter];
        using var reader = ImageSource.Open(folder.Write("x.bin", [.. images.SelectMany(image => Made.CifarRecord(0, image))]));

        var found = Inspect(reader);

        found.NearDuplicates!.Pairs.Select(pair => (pair.Image, pair.Resembles, pair.Mirrored)).Order()
            .ShouldBe([("x.bin#3", "x.bin#0", true), ("x.bin#4", "x.bin#1", true), ("x.bin#5", "x.bin#2", true)]);
        found.Duplicates.Images.ShouldBe(0);
    }

    [Theory]
    [InlineData(20, 48)]
    [InlineData(96, 60)]
    public void Copies_are_found_among_images_of_other_sizes(int height, int width)
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 6; i++)
            folder.Write($"a/{i}.png", Encodable.Png(Scaled(Scene(i, 0, 0, 1), height, width)));
        folder.Write("b/copy.jpg", Encodable.Encode(Scaled(Scene(2, 0, 0, 1), height, width), SkiaSharp.SKEncodedImageFormat.Jpeg));
        using var reader = ImageSource.Open(folder.Path);

        var pair = Inspect(reader).NearDuplicates!.Pairs.ShouldHaveSingleItem();

        (pair.Image, pair.Resembles, pair.Mirrored, pair.SameLabel).ShouldBe(("b/copy.jpg", "a/2.png", false, false));
    }

    [Fact]
    public void What_two_sets_have_in_common_is_found()
    {
        using var folder = new TempFolder();
        var train = Enumerable.Range(0, 5).SelectMany(i => Made.CifarRecord(1, Scene(i, 0, 0, 1))).ToArray();
        byte[][] test = [Scene(7, 0, 0, 1), Scene(3, 1, 1, 0.9), Scene(0, 0, 0, 1)];
        using var against = ImageSource.Open(folder.Write("train.bin", train));
        using var reader = ImageSource.Open(folder.Write("test.bin", [.. test.SelectMany(image => Made.CifarRecord(2, image))]));

        var overlap = DataSetInspector.Inspect(reader, against: against, cancellationToken: TestContext.Current.CancellationToken).Against!;

        overlap.Count.ShouldBe(5);
        overlap.Duplicates.Examples.ShouldBe([new("test.bin#2", "train.bin#0", false)]);
        overlap.NearDuplicates!.Pairs.Select(pair => (pair.Image, pair.Resembles)).ShouldBe([("test.bin#1", "train.bin#3")]);
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

    [Fact]
    public void Of_the_near_duplicates_that_ciFAIR_lists_most_are_found()
    {
        var list = Path.Combine(RealData.Root, "tests", "DataCentric.Imaging.Tests", "Formats", "cifair.csv");
        var listed = File.ReadLines(list).Skip(1).Select(line => int.Parse(line.Split(',')[0], null)).ToHashSet();
        using var test = ImageSource.Open(RealData.Cifar10("test_batch.bin"));
        using var train = ImageSource.Open(RealData.Cifar10("data_batch_1.bin"));

        var near = DataSetInspector.Inspect(test, against: train, cancellationToken: TestContext.Current.CancellationToken).Against!.NearDuplicates!;

        var found = near.Pairs.Select(pair => int.Parse(pair.Image.Split('#')[1], null)).ToArray();
        found.Count(listed.Contains).ShouldBeGreaterThanOrEqualTo(listed.Count / 2);
        found.Length.ShouldBeLessThan(3 * listed.Count);
    }

    /// <summary>Discs and bars at random places, drawn moved and in other light.</summary>
    private static byte[] Scene(int seed, int dx, int dy, double light)
    {
        var places = Made.Bytes(60, seed + 100);
        using var bitmap = new SkiaSharp.SKBitmap(new SkiaSharp.SKImageInfo(32, 32, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Opaque));
        using var canvas = new SkiaSharp.SKCanvas(bitmap);
        using var paint = new SkiaSharp.SKPaint();
        canvas.Clear(new SkiaSharp.SKColor(128, 128, 128));
        canvas.Translate(dx, dy);
        for (var i = 0; i < 60; i += 6)
        {
            paint.Color = new SkiaSharp.SKColor(places[i], places[i + 1], places[i + 2]);
            canvas.DrawRect(places[i + 3] % 32, places[i + 4] % 32, 2 + (places[i + 5] % 9), 2 + (places[i + 3] % 7), paint);
        }

        return [.. bitmap.GetPixelSpan().ToArray().Chunk(4).SelectMany(pixel => pixel[..3]).Select(value => (byte)Math.Min(255, value * light))];
    }

    private static SkiaSharp.SKBitmap Scaled(byte[] scene, int height, int width) => Encodable.Bitmap(height, width, (x, y) =>
    {
        var pixel = scene.AsSpan(3 * ((y * 32 / height * 32) + (x * 32 / width)), 3);
        return new(pixel[0], pixel[1], pixel[2]);
    });

    private static byte[] Mirrored(byte[] image) => [.. image.Chunk(96).SelectMany(row => row.Chunk(3).Reverse().SelectMany(pixel => pixel))];

    private static DataSetInspection Inspect(IImageReader reader, Action<ImageSet>? onBatch = null) =>
        DataSetInspector.Inspect(reader, onBatch, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class Told : IProgress<InspectionProgress>
    {
        private readonly Dictionary<string, string> _last = [];

        public IEnumerable<string> Last => _last.Values;

        public void Report(InspectionProgress value) => _last[value.Work] = $"{value.Work} {value.Done}/{value.Total}";
    }

    /// <summary>A set that announces more images than the two that it gives.</summary>
    private sealed class Short(int count) : IImageReader
    {
        private int _given;

        public ImageSetInfo Info { get; } = new("made up", count, new(8, 8), ["a"], HasSoftLabels: false);

        public ImageSet Read(int count) =>
            _given++ > 0 ? new(Info.Shape, [], [], []) : new(Info.Shape, [.. Enumerable.Range(0, 2 * 192).Select(value => (byte)value)], [0, 0], ["1", "2"]);

        public void Skip(int count) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
