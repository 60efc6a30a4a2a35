using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class ImageFolderReaderTests
{
    [Fact]
    public void Classes_and_files_come_in_ordinal_order()
    {
        using var folder = Folder(
            ("dog/b.png", 8, 4), ("cat/10.PNG", 8, 2), ("cat/1.png", 8, 1), ("Zebra/x.png", 8, 0), ("cat/a.png", 8, 3));
        folder.Write("cat/notes.txt", "not an image");
        folder.Write("cat/.hidden.png", "nor this");
        folder.Write("__MACOSX/x.png", "nor this");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("image-folder");
        reader.Info.Classes.ShouldBe(["Zebra", "cat", "dog"]);
        reader.Info.Shape.ShouldBe(new ImageShape(8, 8));
        var set = reader.ReadAll(batch: 2);

        set.SourceIds.ShouldBe(["Zebra/x.png", "cat/1.png", "cat/10.PNG", "cat/a.png", "dog/b.png"]);
        set.Labels.ShouldBe([0, 1, 1, 1, 2]);
        for (var i = 0; i < 5; i++)
            set.Image(i).ToArray().ShouldAllBe(value => value == i);
    }

    [Theory]
    [InlineData(0, "a/0.png")]
    [InlineData(1, "a/1.png")]
    [InlineData(2, "b/0.png")]
    [InlineData(4, "c/1.png")]
    public void Skipping_crosses_classes(int skip, string next)
    {
        using var folder = Folder(("a/0.png", 8, 0), ("a/1.png", 8, 1), ("b/0.png", 8, 2), ("c/0.png", 8, 3), ("c/1.png", 8, 4));
        using var reader = ImageFolderReader.Open(folder.Path);

        reader.Skip(skip);

        reader.Read(1).SourceIds.ShouldBe([next]);
    }

    [Fact]
    public void Skipping_does_not_decode()
    {
        using var folder = Folder(("a/0.png", 8, 0), ("a/2.png", 8, 9));
        folder.Write("a/1.png", "broken");
        using var reader = ImageFolderReader.Open(folder.Path);

        reader.Skip(2);

        reader.Read(1).Pixels[0].ShouldBe((byte)9);
    }

    [Fact]
    public void Mixed_sizes_name_the_first_and_the_odd_file()
    {
        using var folder = Folder(("a/0.png", 8, 0), ("b/1.png", 9, 0));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(2)).Message
            .ShouldBe($"{folder.File("b/1.png")}: is 9x9, but {folder.File("a/0.png")} is 8x8; expected images of one size.");
    }

    [Fact]
    public void A_corrupt_file_is_named()
    {
        using var folder = Folder(("a/0.png", 8, 0));
        folder.Write("a/1.jpeg", Made.Bytes(50));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(2)).Message.ShouldStartWith(folder.File("a/1.jpeg"));
    }

    [Fact]
    public void An_empty_class_is_named()
    {
        using var folder = Folder(("a/0.png", 8, 0));
        folder.Write("b/notes.txt", "no image");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path))
            .Message.ShouldContain($"{folder.File("b")}: the class has no images");
    }

    [Theory]
    [InlineData("stray.png", "lies outside the class folders")]
    [InlineData("a/deep/x.png", "is a folder within a class folder")]
    public void No_image_is_left_out_silently(string name, string reason)
    {
        using var folder = Folder(("a/0.png", 8, 0), (name, 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain(reason);
    }

    [Fact]
    public void One_class_is_enough()
    {
        using var folder = Folder(("only/0.png", 8, 7));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["only"]);
        reader.ReadAll().Labels.ShouldBe([0]);
    }

    [Fact]
    public void All_images_are_files_of_the_set()
    {
        using var folder = Folder(("b/1.png", 8, 0), ("a/0.png", 8, 0));

        DatasetFiles.Of(folder.Path).Select(file => file.RelativePath).ShouldBe(["a/0.png", "b/1.png"]);
    }

    private static TempFolder Folder(params (string Name, int Side, byte Value)[] files)
    {
        var folder = new TempFolder();
        foreach (var (name, side, value) in files)
            folder.Write(name, Encodable.Png(side, side, value));
        return folder;
    }

    [Fact]
    public void A_file_of_class_names_gives_the_labels()
    {
        using var folder = new TempFolder();
        folder.Write("ape/1.png", Encodable.Png(8, 8, 1));
        folder.Write("zebra/1.png", Encodable.Png(8, 8, 2));
        folder.Write("classes.txt", "zebra\nlion\nape\n");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["zebra", "lion", "ape"]);
        var read = reader.ReadAll();

        read.Labels.ShouldBe([0, 2]);
        read.SourceIds.ShouldBe(["zebra/1.png", "ape/1.png"]);
    }

    [Fact]
    public void A_class_that_the_file_of_names_lacks_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("ape/1.png", Encodable.Png(8, 8, 1));
        folder.Write("classes.txt", "lion\n");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain("ape: the class is not named in");
    }
}
