using System.IO.Compression;
using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class NpzTests
{
    private static readonly byte[] Images = NpyFile.Make("|u1", "(5, 8, 8, 3)", Made.Bytes(5 * 192));
    private static readonly byte[] Labels = NpyFile.Make("<i4", "(5,)", [.. new[] { 2, 0, 1, 0, 2 }.SelectMany(BitConverter.GetBytes)]);

    [Theory]
    [InlineData("data", "label", CompressionLevel.NoCompression)]
    [InlineData("x", "y", CompressionLevel.Fastest)]
    [InlineData("X", "Y", CompressionLevel.Fastest)]
    [InlineData("images", "labels", CompressionLevel.NoCompression)]
    [InlineData("arr_0", "arr_1", CompressionLevel.Fastest)]
    public void Customary_names_are_found_stored_or_deflated(string images, string labels, CompressionLevel level)
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeZip.Of(level, ($"{labels}.npy", Labels), ($"{images}.npy", Images)));
        folder.Write("classes.txt", "a\nb\nc");
        using var reader = ImageSource.Open(path);

        reader.Info.ShouldSatisfyAllConditions(
            info => info.Format.ShouldBe("npz"),
            info => info.Count.ShouldBe(5),
            info => info.Shape.ShouldBe(new ImageShape(8, 8)),
            info => info.Classes.ShouldBe(["a", "b", "c"]));
        var set = reader.ReadAll(batch: 2);

        set.Pixels.ShouldBe(Made.Bytes(5 * 192));
        set.Labels.ShouldBe([2, 0, 1, 0, 2]);
        set.SourceIds.ShouldBe(["set.npz#0", "set.npz#1", "set.npz#2", "set.npz#3", "set.npz#4"]);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public void Skipping_leads_to_the_same_records(CompressionLevel level)
    {
        using var folder = new TempFolder();
        var path = folder.Write("set", MadeZip.Of(level, ("x.npy", Images), ("y.npy", Labels)));
        using var reader = ImageSource.Open(path);

        reader.Skip(1);
        reader.Read(1).Labels.ShouldBe([0]);
        reader.Skip(2);
        var last = reader.Read(9);

        last.Labels.ShouldBe([2]);
        last.Pixels.ShouldBe(Made.Bytes(5 * 192)[^192..]);
    }

    [Fact]
    public void The_training_set_comes_before_the_test_set()
    {
        using var folder = new TempFolder();
        var other = NpyFile.Make("|u1", "(1,)", [0]);
        var path = folder.Write("set.npz", MadeArchive.Zip(("x_test.npy", other), ("y_test.npy", other), ("x_train.npy", Images), ("y_train.npy", Labels)));
        using var reader = ImageSource.Open(path);

        reader.Info.Count.ShouldBe(5);
        reader.Remarks.ShouldHaveSingleItem().ShouldBe($"{path}: read is the part train (x_train and y_train); not read: the part test (x_test and y_test).");
    }

    [Fact]
    public void Other_parts_are_read_on_demand_and_what_is_left_out_is_told()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeArchive.Zip(
            ("val_images.npy", Images), ("val_labels.npy", Labels), ("ids.npy", Labels), ("x_valid.npy", Images), ("arr_0.npy", Images)));
        using var only = ImageSource.Open(path);
        using var named = NpzFile.Open(path, "val");

        only.Info.Count.ShouldBe(5);
        named.Remarks.ShouldHaveSingleItem().ShouldBe($"{path}: read is the part val (val_images and val_labels); not read: the arrays ids, x_valid, arr_0.");
        Should.Throw<InputException>(() => NpzFile.Open(path, "test")).Message.ShouldBe($"{path}: has no part test; it holds val (val_images and val_labels).");
    }

    [Fact]
    public void Several_parts_without_a_training_part_have_to_be_chosen_from()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeArchive.Zip(("val_images.npy", Images), ("val_labels.npy", Labels), ("test_images.npy", Images), ("test_labels.npy", Labels)));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message
            .ShouldBe($"{path}: has no part train; it holds val (val_images and val_labels) and test (test_images and test_labels).");
    }

    [Fact]
    public void A_set_without_parts_has_nothing_to_remark()
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("set.npz", MadeArchive.Zip(("x.npy", Images), ("y.npy", Labels))));

        reader.ReadAll();

        reader.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Arrays_under_other_names_are_listed()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeArchive.Zip(("pictures.npy", Images), ("y.npy", Labels)));

        var message = Should.Throw<InputException>(() => ImageSource.Open(path)).Message;

        message.ShouldContain("holds the arrays pictures, y; expected");
        message.ShouldContain("x and y");
    }

    [Fact]
    public void A_flipped_bit_in_a_stored_array_is_found_by_the_checksum()
    {
        using var folder = new TempFolder();
        var bytes = MadeZip.Of(CompressionLevel.NoCompression, ("x.npy", Images), ("y.npy", Labels));
        bytes[600] ^= 1;
        using var reader = ImageSource.Open(folder.Write("set.npz", bytes));

        var message = Should.Throw<InputException>(() => reader.ReadAll()).Message;

        message.ShouldContain("set.npz, x.npy, image 0 (byte ");
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Every_flipped_bit_of_the_arrays_is_refused_by_file_and_array(CompressionLevel level)
    {
        using var folder = new TempFolder();
        var pixels = Made.Bytes(192);
        var bytes = MadeZip.Of(level, ("x.npy", NpyFile.Make("|u1", "(1, 8, 8, 3)", pixels)), ("y.npy", NpyFile.Make("|u1", "(1,)", [3])));
        var path = folder.File("set.npz");
        foreach (var (name, archive) in MadeZip.WithFlippedBits(bytes))
        {
            File.WriteAllBytes(path, archive);
            try
            {
                using var reader = ImageSource.Open(path);
                var read = reader.ReadAll();

                // The last byte of deflated data has bits that mean nothing.
                (read.Pixels.SequenceEqual(pixels) && read.Labels is [3]).ShouldBeTrue(name);
            }
            catch (InputException refused)
            {
                refused.Message.ShouldContain($"set.npz, {name}");
            }
        }
    }

    [Fact]
    public void A_truncated_file_says_so()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeArchive.Zip(("x.npy", Images), ("y.npy", Labels))[..^30]);

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldStartWith($"{path}: a broken or truncated zip file");
    }

    [Fact]
    public void An_array_of_another_length_than_its_header_says_is_refused()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.npz", MadeArchive.Zip(("x.npy", Images[..^1]), ("y.npy", Labels)));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldStartWith($"{path}, x.npy: has");
    }
}
