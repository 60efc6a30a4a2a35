using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class CifarBinaryReaderTests
{
    [Fact]
    public void Planes_become_interleaved_pixels()
    {
        using var folder = new TempFolder();
        var pixels = Made.Bytes(3072, 5);
        using var reader = CifarBinaryReader.Open(folder.Write("x.bin", Made.CifarRecord(3, pixels)));

        var set = reader.Read(10);

        set.Pixels.ShouldBe(pixels);
        set.Labels.ShouldBe([3]);
        set.SourceIds.ShouldBe(["x.bin#0"]);
        set.SoftLabels.ShouldBeNull();
        reader.Info.Format.ShouldBe("cifar-binary");
        reader.Info.Shape.ShouldBe(new ImageShape(32, 32));
        reader.Info.Classes.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }

    [Fact]
    public void Any_mix_of_reading_and_skipping_gives_the_records_in_order() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 12], Gen.Int[-3, 5].Array[1, 8]).Sample(
            (labels, steps) =>
            {
                using var folder = new TempFolder();
                using var reader = CifarBinaryReader.Open(folder.Write("a.bin", Made.Cifar(labels)));
                var at = 0;
                foreach (var step in steps)
                {
                    if (step < 0)
                        reader.Skip(-step);
                    else
                        reader.Read(step).SourceIds.ShouldBe(Ids(at, Math.Min(step, labels.Length - at)));
                    at = Math.Min(labels.Length, at + Math.Abs(step));
                }

                reader.ReadAll().Labels.ShouldBe(labels[at..]);
            },
            iter: 60);

    [Fact]
    public void A_folder_is_its_training_files_in_ordinal_order_with_names()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_2.bin", Made.Cifar(4, 5));
        folder.Write("data_batch_1.bin", Made.Cifar(1, 2, 3));
        folder.Write("test_batch.bin", Made.Cifar(9));
        folder.Write("batches.meta.txt", "a\nb\nc\nd\ne\nf\n\n");
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Count.ShouldBe(5);
        reader.Info.Classes.ShouldBe(["a", "b", "c", "d", "e", "f"]);
        reader.Skip(2);
        var set = reader.ReadAll(batch: 2);

        set.Labels.ShouldBe([3, 4, 5]);
        set.SourceIds.ShouldBe(["data_batch_1.bin#2", "data_batch_2.bin#0", "data_batch_2.bin#1"]);
        set.Image(1).ToArray().ShouldBe(Made.Bytes(3072, 0));
    }

    [Fact]
    public void Skipping_crosses_files()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_1.bin", Made.Cifar(1, 2));
        folder.Write("data_batch_2.bin", Made.Cifar(3));
        folder.Write("data_batch_3.bin", Made.Cifar(4, 5));
        using var reader = CifarBinaryReader.Open(folder.Path);

        reader.Skip(4);

        reader.ReadAll().Labels.ShouldBe([5]);
    }

    [Fact]
    public void Records_of_3074_bytes_are_cifar100_with_the_fine_label()
    {
        using var folder = new TempFolder();
        folder.Write("train.bin", Made.Cifar100(77, 99));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("cifar100-binary");
        reader.Info.Classes.Count.ShouldBe(100);
        var set = reader.Read(2);

        set.Labels.ShouldBe([77, 99]);
        set.Image(1).ToArray().ShouldBe(Made.Bytes(3072, 1));
    }

    [Fact]
    public void A_label_out_of_range_names_file_record_and_byte()
    {
        using var folder = new TempFolder();
        using var reader = CifarBinaryReader.Open(folder.Write("x.bin", Made.Cifar(1, 10)));

        var message = Should.Throw<InputException>(() => reader.Read(2)).Message;

        message.ShouldContain("x.bin, record 1 (byte 3073): label 10 is out of range; expected 0 to 9");
    }

    [Fact]
    public void A_truncated_file_is_refused_before_reading()
    {
        using var folder = new TempFolder();
        var path = folder.Write("x.bin", Made.Cifar(1, 2)[..^1]);

        var message = Should.Throw<InputException>(() => ImageSource.Open(path)).Message;

        message.ShouldContain("x.bin: 6145 bytes are not a whole number of records");
        message.ShouldContain("leave 3072 over");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        using var folder = new TempFolder();
        var path = folder.Write("x.bin", []);

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldContain("x.bin: is empty");
    }

    [Fact]
    public void Files_of_different_records_are_refused()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_1.bin", Made.Cifar(1));
        folder.Write("data_batch_2.bin", Made.Cifar100(1));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path))
            .Message.ShouldContain("data_batch_2.bin: has 3074-byte records");
    }

    [Fact]
    public void Real_cifar10_reads_with_balanced_labels()
    {
        using var reader = ImageSource.Open(RealData.Cifar10("data_batch_1.bin"));

        reader.Info.Count.ShouldBe(10_000);
        reader.Info.Classes.ShouldBe(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);
        var set = reader.Read(10_000);

        set.Labels.Take(5).ShouldBe([6, 9, 9, 4, 1]); // the first labels of data_batch_1 are well known
        set.Labels.CountBy(label => label).ShouldAllBe(pair => pair.Value > 900 && pair.Value < 1100);
        reader.Read(1).Count.ShouldBe(0);
    }

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(i => $"a.bin#{i}");
}
