using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class NpyPairTests
{
    private static readonly Gen<float[]> Row =
        Gen.Float[0.01f, 1].Array[3].Select(row => row.Select(value => value / row.Sum()).ToArray());

    [Fact]
    public void A_hard_set_is_read_as_written() =>
        Gen.Select(Gen.Int[8, 20], Gen.Int[8, 20], Gen.Int[0, 4].Array[1, 9]).Sample(
            (height, width, labels) =>
            {
                using var folder = new TempFolder();
                var shape = new ImageShape(height, width);
                var set = new ImageSet(shape, Made.Bytes(labels.Length * shape.ByteLength), labels, Ids(labels.Length));
                Write(folder, set, classes: 5);
                using var reader = ImageSource.Open(folder.Path);

                reader.Info.HasSoftLabels.ShouldBeFalse();
                reader.Info.Classes.Count.ShouldBe(5);
                reader.Info.Format.ShouldBe("npy-pair");
                var read = reader.ReadAll(batch: 2);

                read.Shape.ShouldBe(shape);
                read.Pixels.ShouldBe(set.Pixels);
                read.Labels.ShouldBe(labels);
                read.SourceIds.ShouldBe(set.SourceIds);
            },
            iter: 60);

    [Fact]
    public void Soft_rows_are_carried_bit_for_bit_and_the_label_is_the_largest() =>
        Gen.Select(Row.Array[1, 6], Gen.Int[0, 5]).Sample(
            (rows, skip) =>
            {
                using var folder = new TempFolder();
                var soft = rows.SelectMany(row => row).ToArray();
                var set = new ImageSet(new(8, 8), Made.Bytes(rows.Length * 192), [.. rows.Select(Largest)], Ids(rows.Length), soft);
                Write(folder, set, classes: 3);
                using var reader = NpyPairReader.Open(folder.File("data.npy"));

                reader.Info.HasSoftLabels.ShouldBeTrue();
                reader.Skip(skip);
                var read = reader.ReadAll(batch: 2);

                skip = Math.Min(skip, rows.Length);
                read.SoftLabels.ShouldBe(soft[(skip * 3)..]);
                read.Labels.ShouldBe(rows[skip..].Select(Largest));
                read.Pixels.ShouldBe(set.Pixels[(skip * 192)..]);
            },
            iter: 60);

    [Theory]
    [InlineData("|u1", "(2,)", new byte[] { 1, 4 })]
    [InlineData("|i1", "(2, 1)", new byte[] { 1, 4 })]
    [InlineData("<u2", "(2,)", new byte[] { 1, 0, 4, 0 })]
    [InlineData(">i4", "(2,)", new byte[] { 0, 0, 0, 1, 0, 0, 0, 4 })]
    [InlineData("<i8", "(2,)", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("|u1", "(2, 5)", new byte[] { 0, 1, 0, 0, 0, 0, 0, 0, 0, 1 })]
    public void Labels_of_any_whole_type_are_class_indexes(string type, string shape, byte[] data)
    {
        using var folder = Made.NpyPair(2, NpyFile.Make(type, shape, data));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.HasSoftLabels.ShouldBeFalse();
        reader.Info.Classes.ShouldBe(["0", "1", "2", "3", "4"]);
        reader.Read(2).Labels.ShouldBe([1, 4]);
    }

    [Fact]
    public void Rows_that_do_not_sum_to_1_are_divided_by_their_sum()
    {
        using var folder = Made.NpyPair(2, NpyFile.Make("<f8", "(2, 2)", Made.Doubles(3, 1, 0, 5)));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.HasSoftLabels.ShouldBeTrue();
        var set = reader.Read(2);

        set.SoftLabels.ShouldBe([0.75f, 0.25f, 0, 1]);
        set.Labels.ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData("|u1")]
    public void A_row_of_several_ones_is_refused_and_not_divided(string type)
    {
        byte[] rows = [1, 0, 0, 0, 1, 1];
        using var folder = Made.NpyPair(2, NpyFile.Make(type, "(2, 3)", type == "|u1" ? rows : Made.Floats([.. rows.Select(value => (float)value)])));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain("label.npy, row 1, column 2");
        message.ShouldContain("several classes (multi-label data)");
    }

    [Theory]
    [InlineData("(2, 8, 9)")]
    [InlineData("(2, 8, 9, 1)")]
    public void Grey_images_become_three_equal_channels(string shape)
    {
        using var folder = Made.NpyPair(2, NpyFile.Make("|u1", "(2,)", [0, 1]));
        folder.Write("data.npy", NpyFile.Make("|u1", shape, Made.Bytes(144)));
        using var reader = ImageSource.Open(folder.Path);
        using var second = ImageSource.Open(folder.Path);
        second.Skip(1);

        reader.Info.Shape.ShouldBe(new ImageShape(8, 9));
        var rgb = Made.Bytes(144).SelectMany(value => new[] { value, value, value }).ToArray();
        reader.ReadAll(batch: 1).Pixels.ShouldBe(rgb);
        second.Read(1).Pixels.ShouldBe(rgb[216..]);
    }

    [Fact]
    public void Grey_images_of_the_MNIST_size_are_those_of_the_IDX_file()
    {
        using var pair = Made.NpyPair(2, NpyFile.Make("|u1", "(2,)", [0, 1]));
        pair.Write("data.npy", NpyFile.Make("|u1", "(2, 28, 28)", Made.Bytes(2 * 784)));
        using var idx = new TempFolder();
        idx.Write("train-images-idx3-ubyte", Made.IdxImages(2, 28, 28, Made.Bytes(2 * 784)));
        idx.Write("train-labels-idx1-ubyte", Made.IdxLabels(0, 1));
        using var reader = ImageSource.Open(pair.Path);
        using var other = ImageSource.Open(idx.Path);

        reader.ReadAll().Pixels.ShouldBe(other.ReadAll().Pixels);
    }

    [Fact]
    public void Classes_without_any_image_are_remarked_once_all_is_read()
    {
        using var folder = Made.NpyPair(3, NpyFile.Make("|u1", "(3,)", [1, 3, 15]));
        using var reader = ImageSource.Open(folder.Path);
        using var part = ImageSource.Open(folder.Path);

        reader.Remarks.ShouldBeEmpty();
        reader.ReadAll(batch: 2);
        part.Skip(1);
        part.Read(2);

        reader.Remarks.ShouldHaveSingleItem().ShouldStartWith("13 of 16 classes have no image: 0, 2, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more.");
        part.Remarks.ShouldBeEmpty(); // what was left out may hold them
    }

    [Fact]
    public void Class_names_come_from_classes_txt()
    {
        using var folder = Made.NpyPair(1, NpyFile.Make("|u1", "(1,)", [0]));
        folder.Write("classes.txt", "cat\r\ndog\r\n");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["cat", "dog"]);
    }

    [Theory]
    [InlineData("|u1", "(2, 8, 8, 2)", 256, "expected |u1 (uint8) of shape (N, H, W, 3)")]
    [InlineData("|u1", "(2, 8, 8, 4)", 512, "Four channels are colour with transparency")]
    [InlineData("|u1", "(2, 192)", 384, "Flat rows do not say their sides")]
    [InlineData("|u1", "(2, 3, 8, 3)", 144, "read as (N, H, W, C), images of 3x8 pixels, or as (N, C, H, W), images of 8x3")]
    [InlineData("|u1", "(2, 1, 8, 3)", 48, "save it with one axis of channels only")]
    [InlineData("<f4", "(2, 8, 8, 3)", 1536, "is <f4, floats, which do not say what white is: give the factor to 0..255, --scale 255 for values in [0, 1]")]
    [InlineData("|O", "(2, 8, 8, 3)", 384, "pickled Python objects")]
    [InlineData("<U3", "(2, 8, 8, 3)", 4608, "'<U3' are not read")]
    [InlineData("|u1", "(0, 8, 8, 3)", 0, "holds no images")]
    [InlineData("|u1", "(2, 8, 8, 3)", 383, "it is truncated")]
    [InlineData("|u1", "(2, 8, 8, 3)", 385, "1 bytes follow the array")]
    [InlineData("|u1", "(2, 7, 8, 3)", 336, "images are 7x8")]
    [InlineData("|u1", "(1, 8, 8, 3)", 192, "has 2 labels for the 1 images")]
    public void Images_of_another_type_shape_or_length_are_refused(string type, string shape, int length, string reason)
    {
        using var folder = Made.NpyPair(2, NpyFile.Make("|u1", "(2,)", [0, 1]));
        folder.Write("data.npy", NpyFile.Make(type, shape, new byte[length]));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain(".npy");
        message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("|u1", "(2, 2, 2)", 8, "expected whole numbers or class names (N,), or rows")]
    [InlineData("<f4", "(2, 0)", 0, "expected whole numbers or class names (N,), or rows")]
    [InlineData("<f4", "(2, 3)", 23, "it is truncated")]
    [InlineData("|b1", "(2,)", 2, "'|b1' are not read")]
    public void Labels_of_another_type_shape_or_length_are_refused(string type, string shape, int length, string reason)
    {
        using var folder = Made.NpyPair(2, NpyFile.Make(type, shape, new byte[length]));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain("label.npy");
        message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(float.NaN, "row 1, column 0")]
    [InlineData(float.PositiveInfinity, "row 1, column 0")]
    [InlineData(-0.5f, "row 1, column 0")]
    public void A_value_that_is_no_probability_names_its_place(float value, string place)
    {
        using var folder = Made.NpyPair(2, NpyFile.Make("<f4", "(2, 2)", Made.Floats(0.5f, 0.5f, value, 1)));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain($"label.npy, {place}");
        message.ShouldContain("expected a finite probability, not negative");
    }

    [Fact]
    public void A_negative_index_and_a_row_of_zeros_are_refused()
    {
        using var negative = Made.NpyPair(2, NpyFile.Make("|i1", "(2,)", [0, 0xFF]));
        using var zeros = Made.NpyPair(2, NpyFile.Make("<f4", "(2, 2)", Made.Floats(1, 0, 0, 0)));

        Should.Throw<InputException>(() => ImageSource.Open(negative.Path)).Message.ShouldContain("row 1, column 0 (byte ");
        Should.Throw<InputException>(() => ImageSource.Open(zeros.Path))
            .Message.ShouldContain("all probabilities of the row are 0");
    }

    [Fact]
    public void A_missing_or_misnamed_part_is_named()
    {
        using var folder = Made.NpyPair(1, NpyFile.Make("|u1", "(1,)", [0]));

        Should.Throw<InputException>(() => ImageSource.Open(folder.File("label.npy"))).Message.ShouldContain("holds the labels");
        File.Delete(folder.File("label.npy"));
        Should.Throw<InputException>(() => ImageSource.Open(folder.Path))
            .Message.ShouldContain("expected label.npy in the same folder");
    }

    [Fact]
    public void The_writer_holds_the_caller_to_what_was_announced()
    {
        using var data = new MemoryStream();
        using var labels = new MemoryStream();
        var writer = new NpyPairWriter(data, labels, count: 2, new(8, 8), classCount: 3);
        var one = new ImageSet(new(8, 8), new byte[192], [2], ["a"]);
        writer.Write(one);

        Should.Throw<InvalidOperationException>(writer.Complete).Message.ShouldBe("1 of 2 images were written.");
        Should.Throw<ArgumentException>(() => writer.Write(new(new(8, 9), new byte[216], [2], ["a"])))
            .Message.ShouldContain("8x9");
        Should.Throw<ArgumentException>(() => writer.Write(new(new(8, 8), new byte[192], [3], ["a"])))
            .Message.ShouldContain("Label 3");
        Should.Throw<ArgumentException>(() => writer.Write(new(new(8, 8), new byte[192], [0], ["a"], [0.5f, 0.5f])))
            .Message.ShouldContain("2 label values");
        writer.Write(one);
        writer.Complete();
        Should.Throw<ArgumentException>(() => writer.Write(one)).Message.ShouldContain("exceed the 2 announced");
        labels.ToArray()[^24..].ShouldBe(Made.Floats(0, 0, 1, 0, 0, 1));
        data.Length.ShouldBe(128 + 384);
    }

    private static void Write(TempFolder folder, ImageSet set, int classes)
    {
        using var data = File.Create(folder.File("data.npy"));
        using var labels = File.Create(folder.File("label.npy"));
        var writer = new NpyPairWriter(data, labels, set.Count, set.Shape, classes);
        writer.Write(set);
        writer.Complete();
    }

    private static int Largest(float[] row) => Array.IndexOf(row, row.Max());

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"data.npy#{i}")];
}
