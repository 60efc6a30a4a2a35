using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Tests.Formats;

public class WholePicturesTests
{
    private static readonly ReadingOptions Skipping = new() { SkipBroken = true };

    [Fact]
    public void Broken_pictures_are_left_out_where_that_is_asked_for_and_each_is_told()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 1), ("a/3.png", 8, 2), ("b/1.png", 8, 3));
        folder.Write("a/1.png", "a text");
        folder.Write("a/2.jpg", "");
        folder.Write("b/0.png", Encodable.Png(8, 8, 9)[..50]);
        using var reader = ImageSource.Open(folder.Path, Skipping);

        reader.Info.Count.ShouldBe(3);
        var set = reader.Read(10);

        set.SourceIds.ShouldBe(["a/0.png", "a/3.png", "b/1.png"]);
        set.Labels.ShouldBe([0, 0, 1]);
        reader.LeftOut.ShouldBe(["a/1.png", "a/2.jpg", "b/0.png"]);
        var remark = reader.Remarks.ShouldHaveSingleItem();
        remark.ShouldStartWith("3 broken pictures were left out: ");
        foreach (var name in reader.LeftOut)
            remark.ShouldContain(folder.File(name));
    }

    [Fact]
    public void Without_it_the_first_is_refused_with_the_ways_to_go_on()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 1), ("a/2.png", 8, 1));
        folder.Write("a/1.png", "a text");
        using var reader = ImageSource.Open(folder.Path);

        reader.LeftOut.ShouldBeEmpty();
        Should.Throw<InputException>(() => reader.Read(3)).Message.ShouldBe(
            $"{folder.File("a/1.png")}: is not an image that can be read; expected PNG, JPEG, WebP, BMP or GIF. "
            + "inspect names every broken picture. Mend or remove them, or leave them out by --skip-broken, which tells of each.");
    }

    [Fact]
    public void Pictures_are_looked_through_once_for_all_openings_of_a_set()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 1), ("a/1.png", 8, 2));
        folder.Write("a/2.png", "a text");
        using var set = LocalDataSet.At(folder.Path, Skipping);
        using (var first = set.Open())
            first.LeftOut.ShouldBe(["a/2.png"]);

        folder.Write("a/1.png", "broken since");
        using var second = set.Open();

        second.LeftOut.ShouldBe(["a/2.png"]);
        second.Read(1).SourceIds.ShouldBe(["a/0.png"]);
        Should.Throw<InputException>(() => second.Read(1)).Message.ShouldStartWith($"{folder.File("a/1.png")}: ");
    }

    [Fact]
    public void What_another_option_mends_is_not_left_out()
    {
        using var folder = TempFolder.OfPictures(("a/0.png", 8, 1));
        using var transparent = Encodable.Bitmap(8, 8, (_, _) => new(1, 2, 3, 4), SkiaSharp.SKAlphaType.Unpremul);
        folder.Write("a/1.png", Encodable.Png(transparent));
        using var reader = ImageSource.Open(folder.Path, Skipping);

        Should.Throw<InputException>(() => reader.Read(2)).Message.ShouldContain("--background");
    }

    [Fact]
    public void Where_no_picture_is_whole_and_where_there_are_none_it_is_refused()
    {
        using var folder = new TempFolder();
        folder.Write("a/1.png", "a text");
        Should.Throw<InputException>(() => ImageSource.Open(folder.Path, Skipping)).Message.ShouldContain("None of the 1 pictures is whole");

        using var arrays = new TempFolder();
        File.WriteAllBytes(arrays.File("data_batch_1.bin"), new byte[3073]);
        Should.Throw<InputException>(() => ImageSource.Open(arrays.Path, Skipping)).Message.ShouldEndWith("is no folder of pictures; leave out --skip-broken.");
    }
}
