using DataCentric.Imaging.Formats;
using static DataCentric.Imaging.Tests.Formats.MadePickle;

namespace DataCentric.Imaging.Tests.Formats;

public class TorchvisionRootTests
{
    [Theory]
    [InlineData("MNIST", "")]
    [InlineData("FashionMNIST", "")]
    [InlineData("MNIST", ".gz")]
    public void The_root_of_one_set_is_enough_and_is_remarked(string name, string ending)
    {
        using var folder = new TempFolder();
        WriteIdx(folder, name, ending);
        foreach (var root in (string[])[folder.Path, folder.File(name)])
        {
            using var reader = ImageSource.Open(root);

            reader.Info.Format.ShouldBe("idx");
            reader.ReadAll().Labels.ShouldBe([2, 0, 1]);
            reader.Remarks.ShouldBe([$"{root}: read is the data set in {folder.File($"{name}/raw")}."]);
        }

        DatasetFiles.Of(folder.Path).Select(file => file.RelativePath).ShouldBe(
            [$"{name}/raw/train-images-idx3-ubyte{ending}", $"{name}/raw/train-labels-idx1-ubyte{ending}"]);
    }

    [Fact]
    public void The_root_of_CIFAR_may_hold_the_archive_beside_the_set()
    {
        using var folder = new TempFolder();
        folder.Write("cifar-10-python.tar.gz", "the archive"u8.ToArray());
        folder.Write("cifar-10-batches-py/data_batch_1", Batch("labels", 3, 1));
        folder.Write("cifar-10-batches-py/test_batch", Batch("labels", 1));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("cifar-python");
        reader.Info.Count.ShouldBe(2);
        reader.Remarks.ShouldBe([$"{folder.Path}: read is the data set in {folder.File("cifar-10-batches-py")}."]);
    }

    [Fact]
    public void Of_several_sets_one_has_to_be_named()
    {
        using var folder = new TempFolder();
        WriteIdx(folder, "MNIST", "");
        WriteIdx(folder, "FashionMNIST", "");
        folder.Write("cifar-100-python/train", Batch("fine_labels", 42));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldBe(
            $"{folder.Path}: is no data set itself, but holds some; name {folder.File("FashionMNIST")} or {folder.File("MNIST")} or {folder.File("cifar-100-python")} instead.");
    }

    [Fact]
    public void An_archive_of_one_set_needs_no_remark()
    {
        using var folder = new TempFolder();
        var path = folder.Write("cifar.zip", MadeArchive.Zip(("cifar-10-batches-py/data_batch_1", Batch("labels", 1)), ("cifar-10-batches-py/test_batch", Batch("labels", 1))));
        using var reader = ImageSource.Open(path);

        reader.Info.Format.ShouldBe("cifar-python");
        reader.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Class_folders_come_before_a_set_that_lies_beside_them()
    {
        using var folder = new TempFolder();
        folder.Write("a/1.bmp", Encodable.Bmp());
        folder.Write("b/1.bmp", Encodable.Bmp());
        Directory.CreateDirectory(folder.File("raw"));
        folder.Write("classes.txt", "a\nb\n");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain("raw: the class has no images");
    }

    private static void WriteIdx(TempFolder folder, string name, string ending)
    {
        foreach (var (part, labels) in ((string, byte[])[])[("train", [2, 0, 1]), ("t10k", [1])])
        {
            var images = Made.IdxImages(labels.Length, 28, 28, Made.Bytes(labels.Length * 784));
            folder.Write($"{name}/raw/{part}-images-idx3-ubyte{ending}", ending.Length > 0 ? Made.Gzip(images) : images);
            folder.Write($"{name}/raw/{part}-labels-idx1-ubyte{ending}", ending.Length > 0 ? Made.Gzip(Made.IdxLabels(labels)) : Made.IdxLabels(labels));
        }
    }
}
