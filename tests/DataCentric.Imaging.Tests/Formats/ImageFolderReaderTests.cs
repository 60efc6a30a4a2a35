using DataCentric.Images;
using DataCentric.Imaging.Formats;
using SkiaSharp;

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
        reader.Remarks.ShouldBe([$"1 file that is no picture was left out, such as {folder.File("cat/notes.txt")}."]);
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
    [InlineData("a/x.tif", "is a picture that is not read")]
    [InlineData("a/notice.tif", "is a picture that is not read")]
    [InlineData("stray.PPM", "is a picture that is not read")]
    [InlineData("a/without-ending", "is a picture that is not read")]
    [InlineData("b/a.png.part", "is a picture that is not read")]
    public void No_image_is_left_out_silently(string name, string reason)
    {
        using var folder = Folder(("a/0.png", 8, 0), (name, 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain(reason);
    }

    [Fact]
    public void Pictures_that_are_not_read_are_counted_and_the_endings_that_are_are_named()
    {
        using var folder = Folder(("a/0.png", 8, 0), ("a/1.tif", 8, 0), ("b/0.heic", 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldBe($"{folder.File("a/1.tif")}: is a picture that is not read, one of 2; expected PNG, JPEG, WebP, BMP or GIF files "
                + "that end in .png, .jpg, .jpeg, .jpe, .jfif, .webp, .bmp, .gif. Convert or rename what belongs to the set, and move away what does not.");
    }

    [Fact]
    public void Where_no_picture_is_of_a_kind_that_is_read_they_are_named_all_the_same()
    {
        using var folder = Folder(("a/0.tif", 8, 0), ("b/0.tif", 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldStartWith($"{folder.File("a/0.tif")}: is a picture that is not read, one of 2;");
    }

    [Fact]
    public void What_systems_and_people_leave_beside_pictures_is_no_matter()
    {
        using var folder = Folder(("a/0.png", 8, 0));
        foreach (var name in (string[])["a/Thumbs.db", "a/desktop.ini", "a/.DS_Store", "a/._0.png", "a/README.md", "a/LICENSE", "a/.ipynb_checkpoints/0.png", "notes.txt"])
            folder.Write(name, Encodable.Png(8, 8, 1));
        using var reader = ImageSource.Open(folder.Path);

        reader.ReadAll().SourceIds.ShouldBe(["a/0.png"]);
        reader.Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Webp, "a/1.webp")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a/1.JFIF")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a/1.jpe")]
    public void Other_endings_of_pictures_are_read(SKEncodedImageFormat format, string name)
    {
        using var folder = Folder(("a/0.png", 8, 0));
        using var bitmap = Encodable.Bitmap(8, 8, (_, _) => new SKColor(200, 200, 200));
        folder.Write(name, Encodable.Encode(bitmap, format));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();

        set.SourceIds.ShouldBe(["a/0.png", name]);
        set.Image(1).ToArray().ShouldAllBe(value => Math.Abs(value - 200) < 4);
    }

    [Theory]
    [InlineData("elk")]
    [InlineData("cat/notes")]
    public void A_link_to_nothing_that_may_be_a_class_is_refused(string name)
    {
        using var folder = Folder(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        File.CreateSymbolicLink(folder.File(name), "/mnt/not-there");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldBe($"{folder.File(name)}: is a link to /mnt/not-there, which is not there; is it mounted?");
    }

    [Fact]
    public void A_link_to_a_class_that_became_a_text_file_is_remarked()
    {
        using var folder = Folder(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        folder.Write("elk", "/mnt/animals/elk");
        using var reader = ImageSource.Open(folder.Path);

        reader.Remarks.ShouldHaveSingleItem().ShouldStartWith($"1 file beside the class folders was left out, such as {folder.File("elk")};");
    }

    [Fact]
    public void A_link_to_a_picture_that_is_not_there_is_refused_and_counts_as_a_broken_image()
    {
        using var folder = Folder(("cat/0.png", 8, 0));
        File.CreateSymbolicLink(folder.File("cat/1.png"), "/mnt/not-there.png");
        using var reader = ImageSource.Open(folder.Path);
        var broken = new List<LeftOutImage>();

        reader.ReadWhole(10, broken).Count.ShouldBe(1);

        broken.ShouldHaveSingleItem().Reason.ShouldBe($"{folder.File("cat/1.png")}: is a link to /mnt/not-there.png, which is not there; is it mounted?");
        Should.Throw<InputException>(() => DatasetFiles.Of(folder.Path)).Message.ShouldContain("cat/1.png: is a link to");
    }

    [Theory]
    [InlineData("test,train")]
    [InlineData("images_001,images_002")]
    [InlineData("train2017,val2017")]
    [InlineData("shard0,shard1")]
    [InlineData("images")]
    public void Folders_that_divide_a_set_are_not_classes(string names)
    {
        using var folder = Folder([.. names.Split(',').Select(name => ($"{name}/0.png", 8, (byte)0))]);
        folder.Write("trainLabels.csv", "id,label");

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain($"named after parts of a set and not after classes ({names.Replace(",", ", ", StringComparison.Ordinal)}); the labels seem to lie in {folder.File("trainLabels.csv")}");
        folder.Write("classes.txt", names.Replace(',', '\n'));
        ImageSource.Open(folder.Path).Info.Classes.ShouldBe(names.Split(','));
    }

    [Theory]
    [InlineData("cat/metadata.jsonl")]
    [InlineData("dog/val_annotations.txt")]
    [InlineData("cat/0.cls")]
    public void Labels_that_lie_in_a_folder_say_that_it_is_no_class(string table)
    {
        using var folder = Folder(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        folder.Write(table, "0");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain($"the labels seem to lie in {folder.File(table)}");
    }

    [Fact]
    public void A_table_beside_the_folders_of_the_classes_is_remarked()
    {
        using var folder = Folder(("0/0.png", 8, 0), ("train/0.png", 8, 0), ("fold mountains/0.png", 8, 0));
        folder.Write("metadata.csv", "file_name,label");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["0", "fold mountains", "train"]);
        reader.Remarks.ShouldBe([$"{folder.File("metadata.csv")} was not read: classes are the names of the folders beside it."]);
    }

    [Fact]
    public void Where_the_sets_lie_in_folders_of_their_own_these_are_named()
    {
        using var folder = Folder(("set/train/cat/0.png", 8, 0), ("set/val/cat/0.png", 8, 0), ("deep/cat/images/0.png", 8, 0));
        folder.Write("pairs/a/data.npy", NpyFile.Make("|u1", "(1, 8, 8, 3)", Made.Bytes(192)));
        folder.Write("pairs/a/label.npy", NpyFile.Make("|u1", "(1,)", [0]));

        Should.Throw<InputException>(() => ImageSource.Open(folder.File("set"))).Message
            .ShouldBe($"{folder.File("set")}: is no data set itself, but holds some; name {folder.File("set/train")} or {folder.File("set/val")} instead.");
        Should.Throw<InputException>(() => ImageSource.Open(folder.File("pairs"))).Message
            .ShouldBe($"{folder.File("pairs")}: is no data set itself, but holds one; name {folder.File("pairs/a")} instead.");
        Should.Throw<InputException>(() => ImageSource.Open(folder.File("deep"))).Message
            .ShouldBe($"{folder.File("deep")}: its pictures lie one folder too deep, as in {folder.File("deep/cat/images")}; expected them directly in the folder of their class.");
    }

    [Fact]
    public void Pictures_that_ask_to_be_shown_turned_are_remarked_with_their_count()
    {
        using var folder = Folder(("a/0.png", 8, 0));
        using var bitmap = Encodable.Bitmap(8, 8, (x, _) => new SKColor((byte)(x * 20), 0, 0));
        var jpeg = Encodable.Jpeg(bitmap);
        folder.Write("a/1.jpg", Encodable.Turned(jpeg, 6));
        folder.Write("a/2.jpg", Encodable.Turned(jpeg, 3));
        folder.Write("a/3.jpg", Encodable.Turned(jpeg, 1));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();

        set.Image(1).ToArray().ShouldBe(set.Image(3).ToArray());
        reader.Remarks.ShouldHaveSingleItem().ShouldStartWith($"2 pictures such as {folder.File("a/1.jpg")} ask by EXIF orientation to be shown turned");
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
