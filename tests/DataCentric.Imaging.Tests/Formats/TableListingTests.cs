using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class TableListingTests
{
    [Theory]
    [InlineData("trainLabels.csv", "id,label\n1,frog\n2,\"cat, big\"\n9,frog\n", "trainLabels.csv:id,label")] // Kaggle's CIFAR-10
    [InlineData("labels.tsv", "file\tclass\n2.png\tcat, big\n1.png\tfrog\n", "labels.tsv:file,class")]
    [InlineData("val.txt", "1.png\tfrog\t0\t0\n2.png\tcat, big\t1\t1\n", "val.txt:1,2")] // Tiny ImageNet's val_annotations.txt
    [InlineData("labels.jsonl", "{\"f\":\"train/1.png\",\"c\":\"frog\"}\n{\"f\":\"train/2.png\",\"c\":\"cat, big\"}\n", "labels.jsonl:f,c")]
    public void Labels_of_a_table_that_is_named_are_read(string file, string content, string option)
    {
        using var folder = TempFolder.OfPictures(("train/1.png", 8, 1), ("train/2.png", 8, 2), ("test/3.png", 8, 3));
        folder.Write(file, content);
        using var reader = ImageSource.Open(folder.Path, new() { LabelTable = option });

        var set = reader.ReadAll();

        reader.Info.Classes.ShouldBe(["cat, big", "frog"]);
        set.SourceIds.ShouldBe(["1.png", "2.png"]);
        set.Labels.ShouldBe([1, 0]);
        DatasetFiles.Of(folder.Path, new() { LabelTable = option }).Select(entry => entry.RelativePath).ShouldBe(["train/1.png", "train/2.png", file]);
    }

    [Theory]
    [InlineData("metadata.jsonl", "{\"file_name\":\"a/1.png\",\"label\":3}\n\n{\"file_name\":\"2.png\",\"label\":0}\n")]
    [InlineData("metadata.csv", "file_name,label\na/1.png,3\n2.png,0\n")]
    public void Metadata_of_Hugging_Face_are_read_without_a_word(string file, string content)
    {
        using var folder = TempFolder.OfPictures(("train/a/1.png", 8, 1), ("train/2.png", 8, 2), ("validation/3.png", 8, 2), ("validation/b/4.png", 8, 2));
        folder.Write($"train/{file}", content);
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.ReadAll();

        reader.Info.Classes.ShouldBe(["0", "1", "2", "3"]);
        set.SourceIds.ShouldBe(["2.png", "a/1.png"]);
        set.Labels.ShouldBe([0, 3]);
    }

    [Theory]
    [InlineData("id,label\n1,cat\n", "2.png: ", "has no row of it")]
    [InlineData("id,label\n1,cat\n2,dog\n1,dog\n", "labels.csv, line 4: '1' is 'dog' here and 'cat' above.", "")]
    [InlineData("id,label\n1,cat\nx\\2,dog\nx\\2,cat\n", "labels.csv, line 4: 'x\\2' is 'cat' here and 'dog' above.", "")]
    [InlineData("name,label\n1,cat\n", "has no column 'id'; its columns are name, label.", "")]
    [InlineData("id,label\n1,cat\n2\n", "labels.csv, line 3: has 1 columns; expected at least 2.", "")]
    [InlineData("", "has no column 'id'", "")]
    public void A_table_that_does_not_fit_is_refused(string content, string message, string reason)
    {
        using var folder = TempFolder.OfPictures(("1.png", 8, 1), ("2.png", 8, 2));
        folder.Write("labels.csv", content);

        var thrown = Should.Throw<InputException>(() => ImageSource.Open(folder.Path, new() { LabelTable = "labels.csv:id,label" })).Message;

        thrown.ShouldContain(message);
        thrown.ShouldContain(reason);
    }

    [Theory]
    [InlineData("labels.csv")]
    [InlineData("labels.csv:id")]
    [InlineData(":id,label")]
    [InlineData("labels.csv:id,")]
    [InlineData("other.csv:id,label")]
    [InlineData("../labels.csv:id,label")]
    [InlineData("/etc/passwd:1,2")]
    public void Other_words_and_files_elsewhere_are_refused(string option)
    {
        using var folder = TempFolder.OfPictures(("set/1.png", 8, 1));
        folder.Write("labels.csv", "id,label\n1,cat\n");
        folder.Write("set/labels.csv", "id,label\n1,cat\n");

        Should.Throw<InputException>(() => ImageSource.Open(folder.File("set"), new() { LabelTable = option })).Message.ShouldStartWith("--label-table");
    }

    [Fact]
    public void Classes_are_chosen_and_numbered_as_they_are_named_and_limits_spread_evenly()
    {
        using var folder = TempFolder.OfPictures([.. Enumerable.Range(0, 9).SelectMany(i => new[] { ($"ape/{i}.png", 8, (byte)i), ($"bee/{i}.png", 8, (byte)(10 + i)), ($"cow/{i}.png", 8, (byte)(20 + i)) })]);
        using var reader = ImageSource.Open(folder.Path, new() { Classes = ["cow", "ape"], LimitPerClass = 3 });

        var set = reader.ReadAll();

        reader.Info.Classes.ShouldBe(["cow", "ape"]);
        set.SourceIds.ShouldBe(["cow/0.png", "cow/3.png", "cow/6.png", "ape/0.png", "ape/3.png", "ape/6.png"]);
        set.Labels.ShouldBe([0, 0, 0, 1, 1, 1]);
        Should.Throw<InputException>(() => ImageSource.Open(folder.Path, new() { Classes = ["dog"] })).Message.ShouldContain("has no class 'dog'; it has ape, bee, cow.");
    }

    [Fact]
    public void Pictures_in_a_folder_of_their_class_called_images_are_of_the_class()
    {
        using var folder = TempFolder.OfPictures(("n01/images/n01_0.png", 8, 1), ("n02/images/n02_0.png", 8, 2));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["n01", "n02"]);
        reader.ReadAll().Labels.ShouldBe([0, 1]);
    }
}
