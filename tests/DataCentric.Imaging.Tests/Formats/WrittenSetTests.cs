using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>What this program writes as Parquet and WebDataset is read again.</summary>
public class WrittenSetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parquet_comes_back_with_pixels_labels_names_sources_and_probabilities(bool soft)
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("train-00000-of-00001.parquet", await Written.ParquetAsync(soft)));

        ShouldBeWritten(reader, soft).SourceIds.ShouldBe(Written.Images(soft).SourceIds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebDatasets_come_back_with_pixels_labels_names_and_probabilities(bool soft)
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("train-000000.tar", await Written.WebDatasetAsync(soft)));

        ShouldBeWritten(reader, soft).SourceIds[3].ShouldBe("train-000000.tar/00000003.png");
    }

    [Theory]
    [InlineData(32, 10, false, 5461)]
    [InlineData(8, 10, false, 10_000)]
    [InlineData(1024, 1000, false, 5)]
    [InlineData(32, 1000, true, 2372)]
    [InlineData(8, 65_536, true, 63)]
    public void Row_groups_are_small_at_any_size_of_image_and_number_of_classes(int side, int classes, bool soft, int rows) =>
        ParquetImageWriter.RowsAtOnce(new("made", 1, new(side, side), new string[classes], soft)).ShouldBe(rows);

    private static Images.ImageSet ShouldBeWritten(IImageReader reader, bool soft)
    {
        var written = Written.Images(soft);
        var broken = new List<LeftOutImage>();
        reader.Info.Classes.ShouldBe(Written.Classes);
        reader.Info.HasSoftLabels.ShouldBe(soft);

        var first = reader.ReadWhole(1, broken);
        var read = reader.ReadAll(batch: 2);

        broken.ShouldBeEmpty();
        first.Pixels.Concat(read.Pixels).ShouldBe(written.Pixels);
        first.Labels.Concat(read.Labels).ShouldBe(written.Labels);
        if (soft)
            first.SoftLabels!.Concat(read.SoftLabels!).ShouldBe(written.SoftLabels!);
        return new(written.Shape, [.. first.Pixels, .. read.Pixels], [.. first.Labels, .. read.Labels], [.. first.SourceIds, .. read.SourceIds], null);
    }
}
