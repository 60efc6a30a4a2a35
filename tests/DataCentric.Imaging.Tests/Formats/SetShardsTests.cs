using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class SetShardsTests
{
    [Theory]
    [InlineData("train-00000-of-00002.parquet train-00001-of-00002.parquet", null, "train-00000-of-00002.parquet train-00001-of-00002.parquet")]
    [InlineData("train-00000-of-00001.parquet test-00000-of-00001.parquet", null, "train-00000-of-00001.parquet")]
    [InlineData("data/train-0.parquet data/validation-0.parquet", "val", "data/validation-0.parquet")]
    [InlineData("data/train-0.parquet data/extra-0.parquet", "extra", "data/extra-0.parquet")]
    [InlineData("a.parquet b.parquet", null, "a.parquet b.parquet")]
    [InlineData("00000.parquet 00001.parquet", null, "00000.parquet 00001.parquet")]
    [InlineData("imagenet-train-000000.parquet imagenet-val-000000.parquet", "validation", "imagenet-val-000000.parquet")]
    [InlineData("default/train/0000.parquet default/test/0000.parquet", null, "default/train/0000.parquet")]
    [InlineData("train/0.parquet test/0.parquet", "test", "test/0.parquet")]
    [InlineData("only/test-0.parquet", null, "only/test-0.parquet")]
    [InlineData(".hidden.parquet train.parquet", null, "train.parquet")]
    public void The_files_of_a_part_are_found(string files, string? wanted, string expected)
    {
        using var folder = Folder(files);

        var shards = SetShards.Find(folder.Path, ".parquet", _ => true, wanted)!;

        shards.Files.Select(file => Path.GetRelativePath(folder.Path, file).Replace('\\', '/')).ShouldBe(expected.Split(' '));
    }

    [Theory]
    [InlineData("cola/train-0.parquet mnli/train-0.parquet", null, "several configurations of a set: cola, mnli; name one of them")]
    [InlineData("test-0.parquet val-0.parquet", null, "is divided into test, val; choose one by --part")]
    [InlineData("train-0.parquet test-0.parquet", "val", "has no part 'val'; it has test, train")]
    public void What_cannot_be_chosen_is_refused_by_naming_what_there_is(string files, string? wanted, string message)
    {
        using var folder = Folder(files);

        Should.Throw<InputException>(() => SetShards.Find(folder.Path, ".parquet", _ => true, wanted)).Message
            .ShouldSatisfyAllConditions(text => text.ShouldStartWith(folder.Path), text => text.ShouldContain(message));
    }

    [Fact]
    public void The_parts_that_are_not_read_and_files_that_are_one_of_several_are_told()
    {
        using var folder = Folder("train-00000-of-00002.parquet train-00001-of-00002.parquet test-00000-of-00001.parquet");

        SetShards.Find(folder.Path, ".parquet", _ => true, null)!.Remarks.ShouldBe([$"{folder.Path} is divided: train was read, and not test; --part chooses another."]);
        SetShards.Find(folder.File("train-00000-of-00002.parquet"), ".parquet", _ => true, "train")!.Remarks.ShouldHaveSingleItem().ShouldContain("one of 2 files");
        SetShards.Find(folder.File("test-00000-of-00001.parquet"), ".parquet", _ => true, null)!.Remarks.ShouldBeEmpty();
        Should.Throw<InputException>(() => SetShards.Find(folder.File("test-00000-of-00001.parquet"), ".parquet", _ => true, "train")).Message.ShouldContain("leave out --part");
        SetShards.Find(folder.Path, ".parquet", _ => false, null).ShouldBeNull();
        SetShards.Find(folder.Path, ".tar", _ => true, null).ShouldBeNull();
    }

    private static TempFolder Folder(string files)
    {
        var folder = new TempFolder();
        foreach (var file in files.Split(' '))
            folder.Write(file, "x");
        return folder;
    }
}
