using CsCheck;
using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class IdxReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_size_and_count_is_read_as_written(bool gzip) =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[8, 40], Gen.Int[8, 40], Gen.Int[0, 9]).Sample(
            (count, height, width, skip) =>
            {
                using var folder = new TempFolder();
                var grey = Made.Bytes(count * height * width, count);
                byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 4))];
                Write(folder, "some", gzip, Made.IdxImages(count, height, width, grey), Made.IdxLabels(labels));
                using var reader = ImageSource.Open(folder.Path);
                var padding = height == 28 && width == 28 ? 2 : 0;

                reader.Info.Shape.ShouldBe(new ImageShape(height + (2 * padding), width + (2 * padding)));
                reader.Skip(skip);
                var set = reader.ReadAll(batch: 3);

                skip = Math.Min(skip, count);
                set.Labels.ShouldBe(labels[skip..].Select(label => (int)label));
                for (var i = 0; i < set.Count; i++)
                    Centre(set, i, padding).ShouldBe(grey[((skip + i) * height * width)..((skip + i + 1) * height * width)]);
            },
            iter: 40);

    [Fact]
    public void Mnist_size_is_padded_with_zeros_to_32()
    {
        using var folder = new TempFolder();
        Write(folder, "train", false, Made.IdxImages(1, 28, 28, [.. Enumerable.Repeat((byte)200, 784)]), Made.IdxLabels(0));
        using var reader = ImageSource.Open(folder.Path);

        var set = reader.Read(1);

        set.Shape.ShouldBe(new ImageShape(32, 32));
        set.Pixels.Count(value => value == 200).ShouldBe(784 * 3);
        set.Pixels.Count(value => value == 0).ShouldBe((1024 - 784) * 3);
        set.Pixels[((2 * 32) + 2) * 3].ShouldBe((byte)200);
        set.Pixels[((2 * 32) + 1) * 3].ShouldBe((byte)0);
    }

    [Fact]
    public void The_bundled_sample_reads_with_its_names()
    {
        using var reader = ImageSource.Open(RealData.Sample(""));

        reader.Info.Format.ShouldBe("idx");
        reader.Info.Count.ShouldBe(5000);
        reader.Info.Shape.ShouldBe(new ImageShape(32, 32));
        reader.Info.Classes[9].ShouldBe("Ankle boot");
        var set = reader.ReadAll(batch: 1000);

        set.Labels.Take(6).ShouldBe([9, 0, 0, 3, 0, 2]); // the first labels of Fashion-MNIST
        set.SourceIds[4999].ShouldBe("train-images-idx3-ubyte.gz#4999");
        set.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)
            .ShouldBe([457, 556, 504, 501, 488, 493, 493, 512, 490, 506]);
    }

    [Fact]
    public void The_test_set_of_the_sample_is_read_when_named()
    {
        using var reader = ImageSource.Open(RealData.Sample("t10k-images-idx3-ubyte.gz"));

        reader.Info.Count.ShouldBe(1000);
        reader.Read(2).Labels.ShouldBe([9, 2]);
    }

    [Fact]
    public void Without_names_classes_are_digits_up_to_the_largest_label()
    {
        using var folder = new TempFolder();
        Write(folder, "train", true, Made.IdxImages(2, 8, 8, Made.Bytes(128)), Made.IdxLabels(2, 0));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Classes.ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public void A_label_without_a_name_is_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "train", false, Made.IdxImages(2, 8, 8, Made.Bytes(128)), Made.IdxLabels(2, 0));
        folder.Write("classes.txt", "shoe\nhat\n");

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldContain("train-labels-idx1-ubyte: label 2 has no name");
    }

    [Fact]
    public void Several_sets_of_which_none_is_for_training_have_to_be_named()
    {
        using var folder = new TempFolder();
        foreach (var name in (string[])["a", "b"])
            Write(folder, name, false, Made.IdxImages(1, 8, 8, Made.Bytes(64)), Made.IdxLabels(0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
            .ShouldContain("name one of a-images-idx3-ubyte, b-images-idx3-ubyte");
    }

    [Fact]
    public void Missing_labels_are_named()
    {
        using var folder = new TempFolder();
        var path = folder.Write("x-images-idx3-ubyte", Made.IdxImages(1, 8, 8, Made.Bytes(64)));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message
            .ShouldContain("expected x-labels-idx1-ubyte or x-labels-idx1-ubyte.gz");
    }

    [Fact]
    public void A_plain_file_shorter_or_longer_than_its_header_says_is_refused()
    {
        using var folder = new TempFolder();
        var images = Made.IdxImages(2, 8, 8, Made.Bytes(128));
        foreach (var wrong in (byte[][])[images[..^1], [.. images, 0]])
        {
            Write(folder, "train", false, wrong, Made.IdxLabels(0, 1));

            Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message
                .ShouldContain($"train-images-idx3-ubyte: has {wrong.Length} bytes, but its header announces 144");
        }
    }

    [Fact]
    public void A_gzip_with_too_few_images_names_the_first_that_is_missing()
    {
        using var folder = new TempFolder();
        Write(folder, "train", true, Made.IdxImages(3, 8, 8, Made.Bytes(100)), Made.IdxLabels(0, 1, 2));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(3)).Message
            .ShouldContain("image 1 (byte 80): the file ends after 36 of 64 bytes");
    }

    [Fact]
    public void A_gzip_that_is_cut_is_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "train", true, Made.IdxImages(50, 16, 16, Made.Bytes(50 * 256)), Made.IdxLabels(new byte[50]));
        var path = folder.File("train-images-idx3-ubyte.gz");
        folder.Write("train-images-idx3-ubyte.gz", File.ReadAllBytes(path)[..5000]);
        using var reader = ImageSource.Open(path);

        Should.Throw<InputException>(() => reader.Read(50)).Message.ShouldContain("train-images-idx3-ubyte.gz, image ");
    }

    [Fact]
    public void A_gzip_with_more_than_it_announces_is_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "train", true, Made.IdxImages(1, 8, 8, Made.Bytes(65)), Made.IdxLabels(0));
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.Read(1)).Message.ShouldContain("bytes follow the 1 items");
    }

    [Fact]
    public void Counts_that_differ_are_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "train", false, Made.IdxImages(1, 8, 8, Made.Bytes(64)), Made.IdxLabels(0, 1));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain("has 2 labels for the 1 images");
    }

    [Theory]
    [InlineData(7, 8)]
    [InlineData(8, 1025)]
    public void A_side_outside_8_to_1024_is_refused(int height, int width)
    {
        using var folder = new TempFolder();
        Write(folder, "train", false, Made.IdxImages(1, height, width, new byte[height * width]), Made.IdxLabels(0));

        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain($"images are {height}x{width}");
    }

    [Fact]
    public void A_file_of_labels_is_no_data_set()
    {
        using var folder = new TempFolder();
        var path = folder.Write("train-labels-idx1-ubyte.gz", Made.Gzip(Made.IdxLabels(0)));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldContain("holds IDX labels");
    }

    private static void Write(TempFolder folder, string set, bool gzip, byte[] images, byte[] labels)
    {
        var end = gzip ? ".gz" : "";
        folder.Write($"{set}-images-idx3-ubyte{end}", gzip ? Made.Gzip(images) : images);
        folder.Write($"{set}-labels-idx1-ubyte{end}", gzip ? Made.Gzip(labels) : labels);
    }

    /// <summary>The grey pixels inside the padding; fails where the channels differ.</summary>
    private static byte[] Centre(ImageSet set, int index, int padding)
    {
        var (image, width) = (set.Image(index).ToArray(), set.Shape.Width);
        image.Chunk(3).ShouldAllBe(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        return [.. from y in Enumerable.Range(padding, set.Shape.Height - (2 * padding))
                   from x in Enumerable.Range(padding, width - (2 * padding))
                   select image[((y * width) + x) * 3]];
    }
}
