using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Which folders are classes, and what becomes of everything else that lies there.</summary>
public class ClassFolderTests
{
    [Fact]
    public void An_empty_class_is_named()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0));
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
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), (name, 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain(reason);
    }

    [Fact]
    public void Pictures_that_are_not_read_are_counted_and_the_endings_that_are_are_named()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("a/1.tif", 8, 0), ("b/0.heic", 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldBe($"{folder.File("a/1.tif")}: is a picture that is not read, one of 2; expected PNG, JPEG, WebP, BMP or GIF files "
                + "that end in .png, .jpg, .jpeg, .jpe, .jfif, .webp, .bmp, .gif. Convert or rename what belongs to the set, and move away what does not.");
    }

    [Fact]
    public void Where_no_picture_is_of_a_kind_that_is_read_they_are_named_all_the_same()
    {
        using var folder = TempFolder.OfPictures(("a/0.tif", 8, 0), ("b/0.tif", 8, 0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldStartWith($"{folder.File("a/0.tif")}: is a picture that is not read, one of 2;");
    }

    [Fact]
    public void What_systems_and_people_leave_beside_pictures_is_no_matter()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0));
        foreach (var name in (string[])["a/Thumbs.db", "a/desktop.ini", "a/.DS_Store", "a/._0.png", "a/README.md", "a/LICENSE", "a/.ipynb_checkpoints/0.png", "notes.txt"])
            folder.Write(name, Encodable.Png(8, 8, 1));
        using var reader = ImageSource.Open(folder.Path);

        reader.ReadAll().SourceIds.ShouldBe(["a/0.png"]);
        reader.Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("elk")]
    [InlineData("cat/notes")]
    public void A_link_to_nothing_that_may_be_a_class_is_refused(string name)
    {
        using var folder = TempFolder.OfPictures(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        File.CreateSymbolicLink(folder.File(name), "/mnt/not-there");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldBe($"{folder.File(name)}: is a link to /mnt/not-there, which is not there; is it mounted?");
    }

    [Fact]
    public void A_link_to_a_class_that_became_a_text_file_is_remarked()
    {
        using var folder = TempFolder.OfPictures(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        folder.Write("elk", "/mnt/animals/elk");
        using var reader = ImageSource.Open(folder.Path);

        reader.Remarks.ShouldHaveSingleItem().ShouldStartWith($"1 file beside the class folders was left out, such as {folder.File("elk")};");
    }

    [Fact]
    public void A_link_to_a_picture_that_is_not_there_is_refused_and_counts_as_a_broken_image()
    {
        using var folder = TempFolder.OfPictures(("cat/0.png", 8, 0));
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
        using var folder = TempFolder.OfPictures([.. names.Split(',').Select(name => ($"{name}/0.png", 8, (byte)0))]);
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
        using var folder = TempFolder.OfPictures(("cat/0.png", 8, 0), ("dog/0.png", 8, 0));
        folder.Write(table, "0");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain($"the labels seem to lie in {folder.File(table)}");
    }

    [Fact]
    public void A_table_beside_the_folders_of_the_classes_is_remarked()
    {
        using var folder = TempFolder.OfPictures(("0/0.png", 8, 0), ("train/0.png", 8, 0), ("fold mountains/0.png", 8, 0));
        folder.Write("metadata.csv", "file_name,label");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["0", "fold mountains", "train"]);
        reader.Remarks.ShouldBe([$"{folder.File("metadata.csv")} was not read: classes are the names of the folders beside it."]);
    }

    [Fact]
    public void Where_the_sets_lie_in_folders_of_their_own_these_are_named()
    {
        using var folder = TempFolder.OfPictures(("set/mine/cat/0.png", 8, 0), ("set/yours/cat/0.png", 8, 0), ("deep/cat/images/0.png", 8, 0), ("deep/cat/images2/0.png", 8, 0));
        folder.Write("pairs/a/data.npy", NpyFile.Make("|u1", "(1, 8, 8, 3)", Made.Bytes(192)));
        folder.Write("pairs/a/label.npy", NpyFile.Make("|u1", "(1,)", [0]));

        Should.Throw<InputException>(() => ImageSource.Open(folder.File("set"))).Message
            .ShouldBe($"{folder.File("set")}: is no data set itself, but holds some; name {folder.File("set/mine")} or {folder.File("set/yours")} instead.");
        Should.Throw<InputException>(() => ImageSource.Open(folder.File("pairs"))).Message
            .ShouldBe($"{folder.File("pairs")}: is no data set itself, but holds one; name {folder.File("pairs/a")} instead.");
        Should.Throw<InputException>(() => ImageSource.Open(folder.File("deep"))).Message
            .ShouldBe($"{folder.File("deep")}: its pictures lie one folder too deep, as in {folder.File("deep/cat/images")}; expected them directly in the folder of their class.");
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
