using System.Text;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;
using static DataCentric.Imaging.Tests.Formats.MadeArchive;

namespace DataCentric.Imaging.Tests.Formats;

public class WebDatasetReaderTests
{
    [Fact]
    public void Shards_are_read_in_order()
    {
        using var folder = new TempFolder();
        folder.Write("train-000000.tar", Tar(File("a/0.png", 0), Text("a/0.cls", "2"), File("a/1.png", 1), Text("a/1.cls", "0\n")));
        folder.Write("train-000001.tar", Tar(Text("0.cls", "1"), File("0.png", 2), Text("0.json", "{}")));
        folder.Write("val-000000.tar", Tar(File("0.png", 9), Text("0.cls", "0")));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("webdataset");
        reader.Info.Classes.ShouldBe(["0", "1", "2"]);
        var set = reader.ReadAll(batch: 2);

        set.Labels.ShouldBe([2, 0, 1]);
        set.Pixels.Chunk(192).Select(image => image.Distinct().Single()).ShouldBe([0, 1, 2]);
        set.SourceIds.ShouldBe(["train-000000.tar/a/0.png", "train-000000.tar/a/1.png", "train-000001.tar/0.png"]);
        reader.Remarks.ShouldBe([$"{folder.Path} is divided: train was read, and not val; --part chooses another."]);
        using var val = ImageSource.Open(folder.Path, new() { Part = "validation" });
        val.ReadAll().Pixels[0].ShouldBe((byte)9);
        DatasetFiles.Of(folder.Path).Select(file => file.RelativePath).ShouldBe(["train-000000.tar", "train-000001.tar"]);
    }

    [Theory]
    [InlineData("cls", "1", "0", "0,1")]
    [InlineData("cls.txt", "1", "0", "0,1")]
    [InlineData("txt", "zebra", "great white shark", "great white shark,zebra")]
    [InlineData("txt", "1", "0", "0,1")]
    [InlineData("json", "{\"label\": 1}", "{\"label\": 0}", "0,1")]
    [InlineData("json", "{\"cls\": 1, \"width\": 8}", "{\"cls\": 0}", "0,1")]
    [InlineData("json", "{\"label\": \"b\"}", "{\"label\": \"a\"}", "a,b")]
    [InlineData("json", "{\"label\": 1, \"class\": \"dog\"}", "{\"label\": 0, \"class\": \"ant\"}", "ant,dog")]
    public void Labels_stand_in_members_of_several_kinds(string member, string first, string second, string classes)
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("set.tar", Tar(File("0.png", 0), Text($"0.{member}", first), File("1.png", 1), Text($"1.{member}", second))));

        reader.ReadAll().Labels.ShouldBe([1, 0]);
        string.Join(",", reader.Info.Classes).ShouldBe(classes);
    }

    [Fact]
    public void Names_beside_the_shards_give_the_order_and_other_members_are_passed_over()
    {
        using var folder = new TempFolder();
        folder.Write("classes.txt", "zebra\nape\n");
        folder.Write("0.tar", Tar(File("0.jpg", 1), File("0.seg.png", 2), Text("0.txt", "ape"), Text("README", "x"), Text("__key__", "x"), Text("1.json", "{\"label\":\"zebra\"}"), File("1.png", 3)));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();
        set.Labels.ShouldBe([1, 0]);
        set.Pixels.Chunk(192).Select(image => image[0]).ShouldBe([1, 3]);
    }

    [Fact]
    public void Mixed_sizes_become_one_by_resizing_and_skipping_does_not_decode()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.tar", Tar(File("0.png", 1), Text("0.cls", "0"), Text("1.png", "broken"), Text("1.cls", "0"), ("2.png", Encodable.Png(30, 9, 2)), Text("2.cls", "1")));
        using var reader = ImageSource.Open(path, new() { Resize = ResizeRule.Parse("10") });
        using var plain = ImageSource.Open(path);
        var broken = new List<LeftOutImage>();

        reader.Skip(1);
        reader.ReadWhole(2, broken).Pixels.Distinct().ShouldBe([2]);
        broken.ShouldHaveSingleItem().Image.ShouldBe("set.tar/1.png");
        Should.Throw<InputException>(() => plain.Read(3)).Message.ShouldStartWith($"{path}, \"1.png\" (byte ");
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "repeated", "comes again after another key; the first is at byte 1536" }, { "no label", "key \"1\" (byte 5632): has no label" },
        { "no picture", "key \"1\" (byte 5632): has no picture" }, { "two pictures", "has several pictures: png, jpg" }, { "two of a name", "has two files \"cls\"" },
        { "caption", "as captions are" }, { "differ", "its label is 0, but 1 in its json" }, { "mixed", "the label is the name 'dog', but the one of" },
        { "list", "the label in its json is Array" }, { "bad json", "its json is broken" }, { "negative", "label -1" }, { "truncated", "truncated" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_a_set_is_refused_with_key_and_byte(string what, string message)
    {
        (string, byte[])[] good = [File("0.png", 0), Text("0.cls", "0")];
        var shard = what switch
        {
            "repeated" => Tar([.. good, File("1.png", 1), Text("1.cls", "0"), Text("0.json", "{}")]),
            "no label" => Tar([.. good, File("1.png", 1), Text("1.xml", "")]),
            "no picture" => Tar([.. good, Text("1.cls", "0")]),
            "two pictures" => Tar([.. good, File("1.png", 0), File("1.jpg", 0), Text("1.cls", "0")]),
            "two of a name" => Tar([.. good, File("1.png", 0), Text("1.cls", "0"), Text("1.CLS", "0")]),
            "caption" => Tar([.. good, File("1.png", 0), Text("1.txt", new string('a', 101))]),
            "differ" => Tar([.. good, Text("0.json", "{\"label\": 1}")]),
            "mixed" => Tar([.. good, File("1.png", 0), Text("1.txt", "dog")]),
            "list" => Tar([File("0.png", 0), Text("0.json", "{\"label\": [1, 2]}")]),
            "bad json" => Tar([.. good, Text("0.json", "{")]),
            "negative" => Tar([.. good, File("1.png", 0), Text("1.cls", "-1")]),
            _ => Tar(good)[..^1024],
        };
        using var folder = new TempFolder();
        var path = folder.Write("set.tar", shard);

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldSatisfyAllConditions(text => text.ShouldStartWith(path), text => text.ShouldContain(message));
    }

    [Fact]
    public void Many_different_texts_are_captions()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.tar", Tar([.. Enumerable.Range(0, 30).SelectMany(i => new[] { File($"{i}.png", 0), Text($"{i}.txt", $"a picture of thing {i}") })]));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldContain("30 different texts for 30 images");
    }

    [Fact]
    public void An_archive_of_class_folders_with_notes_beside_the_pictures_stays_one()
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("set.tar", Tar(File("cat/0.png", 0), Text("cat/0.txt", "7"), File("dog/1.png", 1), Text("dog/1.json", "{\"label\": 3}"))));

        reader.Info.Format.ShouldBe("image-folder");
        reader.ReadAll().Labels.ShouldBe([0, 1]);
    }

    private static (string, byte[]) File(string name, byte value) => (name, Encodable.Png(8, 8, value));

    private static (string, byte[]) Text(string name, string text) => (name, Encoding.UTF8.GetBytes(text));
}
