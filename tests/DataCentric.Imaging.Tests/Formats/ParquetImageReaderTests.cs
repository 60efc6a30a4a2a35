using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;
using static DataCentric.Imaging.Tests.Formats.MadeParquet;

namespace DataCentric.Imaging.Tests.Formats;

public class ParquetImageReaderTests
{
    private static readonly byte[][] Pngs = [.. Enumerable.Range(0, 5).Select(value => Encodable.Png(8, 8, (byte)value))];

    [Fact]
    public void A_set_of_the_hub_is_read_in_order_with_the_names_of_its_classes()
    {
        using var folder = new TempFolder();
        folder.Write("data/train-00000-of-00002.parquet", MadeParquet.File(2, Features("label", "cat", "dog", "emu"), Image("image", Pngs[..3]), Numbers<long>("label", 1, 0, 1)));
        folder.Write("data/train-00001-of-00002.parquet", MadeParquet.File(Image("image", Pngs[3..]), Numbers<long>("label", 0, 1)));
        folder.Write("README.md", "a card");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("parquet");
        reader.Info.Classes.ShouldBe(["cat", "dog", "emu"]);
        var set = reader.ReadAll(batch: 2);

        set.Labels.ShouldBe([1, 0, 1, 0, 1]);
        set.Pixels.Chunk(192).Select(image => image.Distinct().Single()).ShouldBe([0, 1, 2, 3, 4]);
        set.SourceIds.ShouldBe(
            ["train-00000-of-00002.parquet#0/0.png", "train-00000-of-00002.parquet#1/1.png", "train-00000-of-00002.parquet#2/2.png", "train-00001-of-00002.parquet#0/0.png", "train-00001-of-00002.parquet#1/1.png"]);
        reader.Remarks.ShouldBe(["1 of 3 classes has no image: emu. Labels stay as they are, and networks have an output for each class."]);
        DatasetFiles.Of(folder.Path).Select(file => file.RelativePath).ShouldBe(["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Skipping_crosses_row_groups_and_files(int skip)
    {
        using var folder = new TempFolder();
        folder.Write("a.parquet", MadeParquet.File(2, null, Image("image", Pngs[..3]), Numbers("label", 0, 1, 2)));
        folder.Write("b.parquet", MadeParquet.File(1, null, Image("image", Pngs[3..]), Numbers("label", 3, 4)));
        using var reader = ImageSource.Open(folder.Path);

        reader.Skip(skip);

        var image = reader.Read(1);
        (image.Pixels[0], image.Labels[0]).ShouldBe(((byte)skip, skip));
    }

    [Theory]
    [InlineData("numbers", new[] { 1, 0, 2 }, "0,1,2")]
    [InlineData("bytes", new[] { 1, 0, 2 }, "0,1,2")]
    [InlineData("truth", new[] { 1, 0, 1 }, "0,1")]
    [InlineData("texts", new[] { 1, 0, 2 }, "10,2,zebra")]
    public void Labels_are_numbers_of_any_width_or_names_in_ordinal_order(string kind, int[] expected, string classes)
    {
        var column = kind switch
        {
            "numbers" => Numbers("labels", 1, 0, 2),
            "bytes" => Numbers<byte>("class", 1, 0, 2),
            "truth" => Numbers("target", true, false, true),
            _ => Texts("fine_label", "2", "10", "zebra"),
        };
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("set.parquet", MadeParquet.File(Bytes("image", Pngs[..3]), column)));

        reader.ReadAll().Labels.ShouldBe(expected);
        string.Join(",", reader.Info.Classes).ShouldBe(classes);
    }

    [Fact]
    public void A_file_of_class_names_beside_it_names_numbers()
    {
        using var folder = new TempFolder();
        folder.Write("classes.txt", "ape\nbee\ncat\n");
        folder.Write("set.parquet", MadeParquet.File(Image("img", Pngs[..2]), Numbers("label", 0, 1), Numbers("coarse_label", 5, 5)));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["ape", "bee", "cat"]);
        reader.ReadAll().Labels.ShouldBe([0, 1]);
    }

    [Fact]
    public void Mixed_sizes_become_one_by_resizing_and_a_broken_picture_is_named_or_left_out()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.parquet", MadeParquet.File(2, null, Image("image", "broken"u8.ToArray(), Encodable.Png(8, 8, 1), Encodable.Png(30, 9, 2)), Numbers("label", 0, 1, 0)));
        using var plain = ImageSource.Open(path);
        using var resized = ImageSource.Open(path, new() { Resize = ResizeRule.Parse("10") });
        var broken = new List<LeftOutImage>();

        plain.Info.Shape.ShouldBe(new(8, 8));
        Should.Throw<InputException>(() => plain.Read(3)).Message.ShouldStartWith($"{path}, row 0: is not an image");
        resized.ReadWhole(3, broken).Pixels.Chunk(300).Select(image => image.Distinct().Single()).ShouldBe([1, 2]);
        broken.ShouldHaveSingleItem().Image.ShouldBe("set.parquet#0/0.png");
    }

    [Fact]
    public void Pictures_without_paths_are_called_by_their_rows_and_it_is_told_why()
    {
        using var folder = new TempFolder();
        var plain = folder.Write("plain.parquet", MadeParquet.File(Bytes("image", Pngs[..2]), Numbers("label", 0, 1)));
        var empty = folder.Write("empty.parquet", MadeParquet.File(Image("image", row => row == 0 ? "" : null, Pngs[..2]), Numbers("label", 0, 1)));
        var some = folder.Write("some.parquet", MadeParquet.File(Image("image", row => row == 0 ? null : "cat/é 1.png", Pngs[..2]), Numbers("label", 0, 1)));
        foreach (var path in new[] { plain, empty })
        {
            using var reader = ImageSource.Open(path);
            reader.ReadAll().SourceIds.ShouldBe([$"{Path.GetFileName(path)}#0", $"{Path.GetFileName(path)}#1"]);
            reader.Info.WhyNameless.ShouldBe($"{path} has no path beside its pictures.");
        }

        using var named = ImageSource.Open(some);
        named.ReadAll().SourceIds.ShouldBe(["some.parquet#0", "some.parquet#1/cat/é 1.png"]);
        named.Info.WhyNameless.ShouldBeNull();
    }

    /// <summary>Row groups, dictionaries, compressions and page versions of another writer.</summary>
    [Theory]
    [InlineData("COMPRESSION zstd, ROW_GROUP_SIZE 2048")]
    [InlineData("COMPRESSION snappy")]
    [InlineData("COMPRESSION gzip")]
    [InlineData("COMPRESSION uncompressed, PARQUET_VERSION v2")]
    public async Task What_DuckDB_writes_is_read(string options)
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 4; i++)
            folder.Write($"png/{i}.png", Encodable.Png(8, 8, (byte)i));
        var path = folder.File("set.parquet");
        await ForeignReader.WriteParquetAsync(
            $"COPY (SELECT {{'bytes': content, 'path': filename}} AS image, (p.n % 7)::INTEGER AS label, 'text ' || n AS note FROM (SELECT *, row_number() OVER (ORDER BY filename) - 1 AS n "
            + $"FROM read_blob('{folder.File("png")}/*.png') CROSS JOIN range(750)) p ORDER BY n) TO '{path}' (FORMAT parquet, {options}, "
            + $"KV_METADATA {{huggingface: '{Features("label", "a", "b", "c", "d", "e", "f", "g")}'}})");
        using var reader = ImageSource.Open(path);

        var set = reader.ReadAll(batch: 700);

        reader.Info.Classes.ShouldBe(["a", "b", "c", "d", "e", "f", "g"]);
        set.Labels.ShouldBe(Enumerable.Range(0, 3000).Select(row => row % 7));
        set.Pixels.Chunk(192).Select(image => image.Distinct().Single()).ShouldBe(Enumerable.Range(0, 3000).Select(row => (byte)(row / 750)));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "no image", "has no column of pictures" }, { "two images", "several columns of pictures: a/bytes, b/bytes" }, { "path only", "row 1: has no bytes" },
        { "no label", "has no column of labels" }, { "two labels", "several columns of labels: coarse_label, fine_label" }, { "null label", "row 1: has no label" },
        { "negative label", "row 1: label -1; expected a class index" }, { "no name", "row 1: label 2 has no name" }, { "list label", "column label holds lists" },
        { "real label", "column label holds Double" }, { "truncated", "does not end with PAR1" }, { "no rows", "holds no images" }, { "two of one name", "a column has no name, or the one of another" },
        { "column without a name", "a column has no name, or the one of another" }, { "empty name", "row 0: the label is empty" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_a_set_is_refused_with_place_and_reason(string what, string message)
    {
        var (image, label) = (Image("image", Pngs[..2]), Numbers("label", 0, 1));
        var bytes = what switch
        {
            "no image" => MadeParquet.File(Texts("text", "a", "b"), label),
            "two images" => MadeParquet.File(Image("a", Pngs[..2]), Image("b", Pngs[..2]), label),
            "path only" => MadeParquet.File(Image("image", Pngs[0], null), label),
            "no label" => MadeParquet.File(image, Texts("caption", "a", "b")),
            "two labels" => MadeParquet.File(image, Numbers("coarse_label", 0, 1), Numbers("fine_label", 0, 1)),
            "null label" => MadeParquet.File(image, Nullable("label", 0, null)),
            "negative label" => MadeParquet.File(image, Numbers("label", 0, -1)),
            "no name" => MadeParquet.File(9, Features("label", "a", "b"), image, Numbers("label", 0, 2)),
            "list label" => MadeParquet.File(image, Lists("label", [0, 1], [1])),
            "real label" => MadeParquet.File(image, Numbers("label", 0.5, 1)),
            "empty name" => MadeParquet.File(image, Texts("label", "", "b")),
            "two of one name" => Renamed(MadeParquet.File(image, label, Texts("note1", "a", "b"), Texts("note2", "a", "b")), "note2", "note1"),
            "column without a name" => MadeParquet.File(image, label, Texts("", "a", "b")),
            "no rows" => MadeParquet.File(Image("image"), Numbers<int>("label")),
            _ => MadeParquet.File(image, label)[..^9],
        };
        using var folder = new TempFolder();
        var path = folder.Write("set.parquet", bytes);

        Should.Throw<InputException>(() =>
        {
            using var reader = ImageSource.Open(path);
            reader.ReadAll();
        }).Message.ShouldSatisfyAllConditions(text => text.ShouldStartWith(path), text => text.ShouldContain(message));
    }

    [Fact]
    public async Task Pictures_of_a_row_group_are_read_when_they_are_asked_for_and_not_before()
    {
        var bytes = MadeParquet.File(2, null, Image("image", Pngs), Numbers("label", 0, 1, 2, 3, 4));
        await using var parquet = await Parquet.ParquetReader.CreateAsync(new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);
        var last = (int)parquet.OpenRowGroupReader(2).RowGroup.Columns[0].MetaData!.DataPageOffset;
        using var folder = new TempFolder();
        var path = folder.Write("set.parquet", bytes);
        using (var whole = ImageSource.Open(path))
            whole.ReadAll().Count.ShouldBe(5);

        bytes.AsSpan(last, 20).Fill(0xFF); // the header of the last group's page of pictures
        folder.Write("set.parquet", bytes);
        using var reader = ImageSource.Open(path);

        reader.Read(4).Count.ShouldBe(4);
        Should.Throw<InputException>(() => reader.Read(1)).Message.ShouldStartWith(path);
    }

    /// <summary>Another name of the same length, everywhere in the file.</summary>
    private static byte[] Renamed(byte[] file, string name, string other)
    {
        var (from, to) = (System.Text.Encoding.ASCII.GetBytes(name), System.Text.Encoding.ASCII.GetBytes(other));
        for (var at = 0; (at = file.AsSpan().IndexOf(from)) >= 0;)
            to.CopyTo(file, at);
        return file;
    }
}
