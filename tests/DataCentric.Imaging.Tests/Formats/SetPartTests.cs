using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class SetPartTests
{
    [Fact]
    public void Of_a_divided_set_the_training_part_is_read_and_the_others_are_told()
    {
        using var folder = TempFolder.OfPictures(("train/a/0.png", 8, 1), ("train/b/0.png", 8, 2), ("val/a/0.png", 8, 3), ("val/b/0.png", 8, 4));
        using var reader = ImageSource.Open(folder.Path);

        reader.ReadAll().SourceIds.ShouldBe(["a/0.png", "b/0.png"]);
        reader.Remarks.ShouldBe([$"{folder.Path} is divided: train was read, and not val; --part chooses another."]);
    }

    [Theory]
    [InlineData("val2017", "val", 3)]
    [InlineData("validation", "validation", 3)]
    [InlineData("Test", "test", 3)]
    [InlineData("Test", null, 1)]
    public void Another_part_is_read_by_its_name_or_by_the_usual_one(string name, string? wanted, byte expected)
    {
        using var folder = TempFolder.OfPictures(("training/a/0.png", 8, 1), ($"{name}/a/0.png", 8, 3));
        using var reader = ImageSource.Open(folder.Path, new() { Part = wanted });

        reader.ReadAll().Pixels[0].ShouldBe(expected);
        DatasetFiles.Of(folder.Path, new() { Part = wanted }).ShouldHaveSingleItem().RelativePath.ShouldStartWith(wanted is null ? "training" : name);
    }

    [Fact]
    public void A_part_that_is_not_there_is_refused()
    {
        using var divided = TempFolder.OfPictures(("val/a/0.png", 8, 1), ("test/a/0.png", 8, 3));
        using var plain = TempFolder.OfPictures(("a/0.png", 8, 1), ("b/0.png", 8, 3));

        Should.Throw<InputException>(() => ImageSource.Open(divided.Path)).Message.ShouldBe($"{divided.Path}: is divided into test, val; choose one by --part.");
        Should.Throw<InputException>(() => ImageSource.Open(divided.Path, new() { Part = "train" })).Message.ShouldBe($"{divided.Path}: has no part 'train'; it has test, val.");
        Should.Throw<InputException>(() => ImageSource.Open(plain.Path, new() { Part = "train" })).Message.ShouldContain("leave out --part");
    }
}
