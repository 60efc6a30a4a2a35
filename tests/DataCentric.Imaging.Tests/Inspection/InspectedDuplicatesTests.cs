using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Inspection;
using DataCentric.Imaging.Tests.Formats;

namespace DataCentric.Imaging.Tests.Inspection;

public class InspectedDuplicatesTests
{
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
    public void Copies_that_are_moved_and_in_other_light_are_near_duplicates_and_others_are_not()
    {
        using var folder = new TempFolder();
        var scenes = Enumerable.Range(0, 6).Select(i => Scene(i, 0, 0, 1)).ToArray();
        byte[][] images = [.. scenes, Scene(1, 1, -1, 0.8), Scene(4, 0, 1, 1.1), scenes[2]];
        using var reader = ImageSource.Open(folder.Write("x.bin", [.. images.SelectMany((image, i) => Made.CifarRecord(i % 6, image))]));

        var found = DataSetInspector.Inspect(reader, cancellationToken: TestContext.Current.CancellationToken);

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

        var found = DataSetInspector.Inspect(reader, cancellationToken: TestContext.Current.CancellationToken);

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

        var pair = DataSetInspector.Inspect(reader, cancellationToken: TestContext.Current.CancellationToken).NearDuplicates!.Pairs.ShouldHaveSingleItem();

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
