using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Imaging.Tests.Formats.Writing;

public class CifarBinaryWriterTests
{
    private static readonly ImageShape Shape = new(32, 32);

    [Theory]
    [InlineData(3, "cifar-binary")]
    [InlineData(10, "cifar-binary")]
    [InlineData(11, "cifar100-binary")]
    [InlineData(256, "cifar100-binary")]
    public void What_is_written_is_read_again(int classes, string format)
    {
        using var folder = new TempFolder();
        var images = new ImageSet(Shape, Made.Bytes(5 * 3072), [0, 1, 2, classes - 1, 0], new string[5]);
        foreach (var (name, count) in CifarBinaryWriter.Files(5, classes))
        {
            if (count > 0)
                folder.Write(name, CifarBinaryWriter.Encode(images, classes));
            else
                folder.Write(name, string.Concat(Enumerable.Range(0, classes).Select(label => $"class {label}\n")));
        }

        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe(format);
        reader.Info.Classes.Count.ShouldBe(classes);
        reader.Info.Classes[^1].ShouldBe($"class {classes - 1}");
        var read = reader.ReadAll();
        read.Labels.ShouldBe(images.Labels);
        read.Pixels.ShouldBe(images.Pixels);
    }

    [Fact]
    public void Files_hold_10000_records_and_sort_in_their_order()
    {
        CifarBinaryWriter.Files(50_000, 10).Select(file => file.Name).ShouldBe(
            ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "batches.meta.txt"]);
        var many = CifarBinaryWriter.Files(100_001, 10);
        many[^2].ShouldBe(("data_batch_11.bin", 1));
        many.SkipLast(1).Select(file => file.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(16, 16, 10, false, "images of 32x32")]
    [InlineData(32, 32, 257, false, "at most 256 classes")]
    [InlineData(32, 32, 10, true, "probabilities")]
    public void What_the_format_cannot_hold_is_said(int height, int width, int classes, bool soft, string reason) =>
        CifarBinaryWriter.Obstacle(new(height, width), classes, soft).ShouldNotBeNull().ShouldContain(reason);
}
