using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Formats;

public class ImageFolderReaderTests
{
    [Fact]
    public void Classes_and_files_come_in_ordinal_order()
    {
        using var folder = TempFolder.OfPictures(
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
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("a/1.png", 8, 1), ("b/0.png", 8, 2), ("c/0.png", 8, 3), ("c/1.png", 8, 4));
        using var reader = ImageSource.Open(folder.Path);

        reader.Skip(skip);

        reader.Read(1).SourceIds.ShouldBe([next]);
    }

    [Fact]
    public void A_folder_is_listed_once_for_its_files_and_for_opening_it()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("b/0.png", 8, 1));
        using var set = LocalDataSet.At(folder.Path);
        set.Files.Select(file => file.RelativePath).ShouldBe(["a/0.png", "b/0.png"]);
        folder.Write("a/1.png", Encodable.Png(8, 8, 2));

        using var reader = set.Open();

        reader.Info.Count.ShouldBe(2);
        reader.ReadAll().SourceIds.ShouldBe(["a/0.png", "b/0.png"]);
        DatasetFiles.Of(folder.Path).Count.ShouldBe(3);
    }

    [Fact]
    public void Skipping_does_not_decode()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("a/2.png", 8, 9));
        folder.Write("a/1.png", "broken");
        using var reader = ImageSource.Open(folder.Path);

        reader.Skip(2);

        reader.Read(1).Pixels[0].ShouldBe((byte)9);
    }

    [Fact]
    public void Mixed_sizes_name_the_first_and_the_odd_file()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0), ("b/1.png", 9, 0));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(2)).Message
            .ShouldBe($"{folder.File("b/1.png")}: is 9x9, but {folder.File("a/0.png")} is 8x8; expected images of one size. "
                + "Sizes of 2 of the 2 pictures: 8x8 (1), 9x9 (1). Bring all to one by --resize, such as --resize 224.");
    }

    [Fact]
    public void A_corrupt_file_is_named()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0));
        folder.Write("a/1.jpeg", Made.Bytes(50));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(2)).Message.ShouldStartWith(folder.File("a/1.jpeg"));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Webp, "a/1.webp")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a/1.JFIF")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a/1.jpe")]
    public void Other_endings_of_pictures_are_read(SKEncodedImageFormat format, string name)
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0));
        using var bitmap = Encodable.Bitmap(8, 8, (_, _) => new SKColor(200, 200, 200));
        folder.Write(name, Encodable.Encode(bitmap, format));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();

        set.SourceIds.ShouldBe(["a/0.png", name]);
        set.Image(1).ToArray().ShouldAllBe(value => Math.Abs(value - 200) < 4);
    }

    [Fact]
    public void Pictures_of_16_bits_keep_the_upper_byte_and_are_remarked()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a/0.png", Encodable.Png16(8, 0x12FF));
        folder.Write("b/0.png", Encodable.Png(8, 8, 7));
        using var reader = ImageSource.Open(folder.Path);

        reader.ReadAll().Pixels.Distinct().ShouldBe([0x12, 7]);

        reader.Pictures!.Traits.ShouldContain(new PictureCount("16 bit", 1));
        reader.Remarks.ShouldHaveSingleItem().ShouldBe(
            $"1 picture, {path}, has 16 bits a sample, of which 0 to 65535 became 0 to 255; where only a part of that range is used, it comes out dark.");
    }

    [Fact]
    public void Pictures_that_are_turned_upright_are_remarked_with_their_count()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 0));
        using var bitmap = Encodable.Bitmap(8, 8, (x, _) => new SKColor((byte)(x * 20), 0, 0));
        var jpeg = Encodable.Jpeg(bitmap);
        folder.Write("a/1.jpg", Encodable.Turned(jpeg, 6));
        folder.Write("a/2.jpg", Encodable.Turned(jpeg, 3));
        folder.Write("a/3.jpg", Encodable.Turned(jpeg, 1));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();

        set.Image(1).ToArray().ShouldNotBe(set.Image(3).ToArray());
        reader.Remarks.ShouldHaveSingleItem().ShouldBe($"2 pictures such as {folder.File("a/1.jpg")} by EXIF orientation were turned or mirrored to be upright.");
        reader.Pictures!.Traits.ShouldBe([new("turned", 2)]);
        reader.Pictures.Formats.ShouldBe([new("jpeg", 3), new("png", 1)]);
    }

    [Fact]
    public void Mixed_sizes_become_one_by_resizing_and_broken_ones_can_be_left_out()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 7), ("a/1.png", 1200, 9), ("b/1.png", 9, 200));
        folder.Write("b/0.png", "broken");
        using var reader = ImageSource.Open(folder.Path, new() { Resize = ResizeRule.Parse("12x16") });
        var broken = new List<LeftOutImage>();

        var set = reader.ReadWhole(10, broken);

        set.Shape.ShouldBe(new ImageShape(12, 16));
        set.Pixels.Chunk(set.Shape.ByteLength).Select(image => image.Distinct().ShouldHaveSingleItem()).ShouldBe([7, 9, 200]);
        broken.ShouldHaveSingleItem().Image.ShouldBe("b/0.png");
    }

    [Fact]
    public void Pictures_too_large_or_transparent_are_refused_with_the_way_out()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 1121, 7));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldBe($"{folder.File("a/0.png")}: is 1121x1121; each side must be 8 to 1024 pixels. Bring all images to one size by --resize, such as --resize 224.");
    }

    [Fact]
    public void One_class_is_enough()
    {
        using var folder = TempFolder.OfPictures(("only/0.png", 8, 7));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["only"]);
        reader.ReadAll().Labels.ShouldBe([0]);
    }

    [Fact]
    public void All_images_are_files_of_the_set()
    {
        using var folder = TempFolder.OfPictures(("b/1.png", 8, 0), ("a/0.png", 8, 0));

        DatasetFiles.Of(folder.Path).Select(file => file.RelativePath).ShouldBe(["a/0.png", "b/1.png"]);
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
}
