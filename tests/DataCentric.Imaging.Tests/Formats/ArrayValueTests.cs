using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Values of arrays that are no pixels, no labels or no names are refused at the place that numpy names.</summary>
public class ArrayValueTests
{
    private static readonly byte[] TwoLabels = NpyFile.Make("|u1", "(2,)", [0, 1]);

    [Theory]
    [InlineData(255.0, 1.01f, "data.npy[1, 7, 6, 2]: 1.01 x 255 = 257.55;")]
    [InlineData(1.0, 255.51f, "data.npy[1, 7, 6, 2]: 255.51 x 1 = 255.51;")]
    [InlineData(1.0, -1f, "data.npy[1, 7, 6, 2]: -1 x 1 = -1; expected 0 to 255 after --scale")]
    [InlineData(255.0, float.NaN, "data.npy[1, 7, 6, 2]: NaN")]
    [InlineData(255.0, float.NegativeInfinity, "data.npy[1, 7, 6, 2]: -Infinity")]
    public void A_float_that_leaves_0_to_255_is_named(double scale, float value, string message)
    {
        var values = new float[2 * 192];
        values[192 + 188] = value;
        using var folder = Pair(NpyFile.Make("<f4", "(2, 8, 8, 3)", Made.Floats(values)), TwoLabels);
        using var reader = NpyPairReader.Open(folder.Path, scale);

        Should.Throw<InputException>(() => reader.ReadAll()).Message.ShouldContain(message);
    }

    [Fact]
    public void A_whole_number_above_255_is_refused_with_a_way_out()
    {
        var values = new byte[2 * 2 * 64];
        values[^1] = 1;
        using var folder = Pair(NpyFile.Make("<u2", "(2, 8, 8)", values), TwoLabels);
        using var reader = ImageSource.Open(folder.Path);

        Should.Throw<InputException>(() => reader.ReadAll()).Message
            .ShouldContain("data.npy[1, 7, 7]: 256; expected 0 to 255, as a |u1 (uint8) holds. This is <u2: --scale gives a factor");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_makes_no_picture_is_refused(double scale)
    {
        using var folder = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), TwoLabels);

        Should.Throw<InputException>(() => NpyPairReader.Open(folder.Path, scale)).Message.ShouldContain("expected a finite number above 0");
    }

    [Theory]
    [InlineData("(2,)", 1.5f, "label.npy, row 1, column 0 (byte ", "1.5; expected a class index from 0 to 65535, whole")]
    [InlineData("(2,)", -1f, "row 1, column 0", "-1; expected a class index")]
    [InlineData("(2,)", float.NaN, "row 1, column 0", "NaN; expected a class index")]
    [InlineData("(2, 1)", 2f, "row 0, column 0", "the only probability of a row must be 1. Where these are class indexes, save them as whole numbers")]
    public void A_float_that_is_no_class_index_is_refused(string shape, float value, string place, string reason)
    {
        using var folder = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), NpyFile.Make("<f4", shape, Made.Floats(0, value)));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain(place);
        message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("|S3", new byte[] { 97, 0, 0, 0, 0, 0 }, "row 1, column 0", "is empty; expected the name of a class")]
    [InlineData("|S3", new byte[] { 97, 0, 0, 0xFF, 0xFE, 0 }, "row 1, column 0", "is no plain text")]
    [InlineData("|S3", new byte[] { 97, 0, 0, 98, 10, 98 }, "row 1, column 0", "is no plain text")]
    [InlineData("<U1", new byte[] { 97, 0, 0, 0, 0, 0xD8, 0, 0 }, "row 1, column 0", "is no plain text")]
    [InlineData("<U1", new byte[] { 97, 0, 0, 0, 0, 0, 0x11, 0 }, "row 1, column 0", "is no plain text")]
    public void A_text_that_is_no_name_is_refused(string type, byte[] texts, string place, string reason)
    {
        using var folder = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), NpyFile.Make(type, "(2,)", texts));

        var message = Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message;

        message.ShouldContain($"label.npy, {place}");
        message.ShouldContain(reason);
    }

    [Fact]
    public void Names_come_in_the_order_of_classes_txt_and_each_has_to_be_there()
    {
        using var folder = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), NpyFile.Make("|S3", "(2,)", "dogcat"u8.ToArray()));
        folder.Write("classes.txt", "eel\ndog\ncat\n");
        using (var reader = ImageSource.Open(folder.Path))
        {
            reader.Info.Classes.ShouldBe(["eel", "dog", "cat"]);
            reader.ReadAll().Labels.ShouldBe([1, 2]);
        }

        folder.Write("classes.txt", "eel\ndog\n");
        Should.Throw<InputException>(() => ImageSource.Open(folder.Path)).Message.ShouldContain("row 1, column 0 (byte ", Case.Sensitive);
    }

    [Fact]
    public void Names_in_rows_and_pickled_objects_are_no_labels()
    {
        using var rows = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), NpyFile.Make("|S1", "(2, 2)", "abcd"u8.ToArray()));
        using var objects = Pair(NpyFile.Make("|u1", "(2, 8, 8)", new byte[128]), NpyFile.Make("|O", "(2,)", new byte[99]));

        Should.Throw<InputException>(() => ImageSource.Open(rows.Path)).Message.ShouldContain("labels are |S1 of shape (2, 2)");
        Should.Throw<InputException>(() => ImageSource.Open(objects.Path)).Message.ShouldContain("'|O' are not read");
    }

    private static TempFolder Pair(byte[] data, byte[] labels)
    {
        var folder = new TempFolder();
        folder.Write("data.npy", data);
        folder.Write("label.npy", labels);
        return folder;
    }
}
