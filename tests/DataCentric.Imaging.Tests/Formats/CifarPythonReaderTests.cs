using DataCentric.Imaging.Formats;
using static DataCentric.Imaging.Tests.Formats.MadePickle;

namespace DataCentric.Imaging.Tests.Formats;

public class CifarPythonReaderTests
{
    [Fact]
    public void The_official_layout_is_read_as_its_binary_version_is()
    {
        using var python = new TempFolder();
        using var binary = new TempFolder();
        python.Write("data_batch_1", Batch("labels", 3, 1));
        python.Write("data_batch_2", Batch("labels", 0, 1, 2));
        python.Write("test_batch", Batch("labels", 1));
        python.Write("batches.meta", Meta("label_names", "cat", "dog", "eel", "fox"));
        binary.Write("data_batch_1.bin", Made.Cifar(3, 1));
        binary.Write("data_batch_2.bin", Made.Cifar(0, 1, 2));
        using var reader = ImageSource.Open(python.Path);
        using var same = ImageSource.Open(binary.Path);

        reader.Info.Format.ShouldBe("cifar-python");
        reader.Info.Classes.ShouldBe(["cat", "dog", "eel", "fox"]);
        var (set, expected) = (reader.ReadAll(batch: 2), same.ReadAll());

        set.Pixels.ShouldBe(expected.Pixels);
        set.Labels.ShouldBe([3, 1, 0, 1, 2]);
        set.SourceIds.ShouldBe(
            ["data_batch_1#0/image_s_000000.png", "data_batch_1#1/image_s_000001.png", "data_batch_2#0/image_s_000000.png", "data_batch_2#1/image_s_000001.png", "data_batch_2#2/image_s_000002.png"]);
        DatasetFiles.Of(python.Path).Select(file => file.RelativePath).ShouldBe(["data_batch_1", "data_batch_2", "batches.meta"]);
    }

    [Fact]
    public void Without_names_of_files_images_are_called_by_their_numbers_and_it_is_told_why()
    {
        using var folder = new TempFolder();
        using var reader = ImageSource.Open(folder.Write("data_batch_1", Saved(2, 3, 1)));

        reader.ReadAll().SourceIds.ShouldBe(["data_batch_1#0", "data_batch_1#1"]);
        reader.Info.WhyNameless.ShouldBe($"{folder.File("data_batch_1")} has no list \"filenames\".");
    }

    [Fact]
    public void Of_cifar_100_the_fine_labels_count()
    {
        using var folder = new TempFolder();
        folder.Write("train", Batch("fine_labels", 42, 99));
        folder.Write("meta", Meta("fine_label_names", [.. Enumerable.Range(0, 100).Select(i => $"class {i}")]));
        using var reader = ImageSource.Open(folder.Path);

        reader.Info.Format.ShouldBe("cifar100-python");
        reader.Info.Classes[42].ShouldBe("class 42");
        reader.ReadAll().Labels.ShouldBe([42, 99]);
    }

    [Fact]
    public void A_single_batch_is_read_and_skipping_crosses_batches()
    {
        using var folder = new TempFolder();
        folder.Write("data_batch_1", Batch("labels", 3, 1));
        folder.Write("data_batch_2", Batch("labels", 0, 5));
        using var all = ImageSource.Open(folder.Path);
        using var one = ImageSource.Open(folder.File("data_batch_2"));

        all.Skip(3);

        all.Read(9).Pixels.ShouldBe(Made.Bytes(3072, 1));
        one.Info.Classes.Count.ShouldBe(10);
        one.ReadAll().Labels.ShouldBe([0, 5]);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("numpy", "load")]
    [InlineData("numpy._core.records", "fromfile")]
    [InlineData("_codecs", "lookup")]
    [InlineData("builtins", "eval")]
    public void A_name_that_no_batch_needs_is_refused(string module, string name)
    {
        var proof = Path.Combine(Path.GetTempPath(), $"datacentric-{Path.GetRandomFileName()}");
        byte[] call = [.. Global(module, name), .. Text($"touch {proof}"), 0x85, (byte)'R'];

        var message = Refusal(Batch("labels", [1], call));

        message.ShouldContain($"\"{module}.{name}\"");
        message.ShouldContain("nothing of it was run");
        File.Exists(proof).ShouldBeFalse();
    }

    [Theory]
    [InlineData((byte)'i')] // INST
    [InlineData((byte)'o')] // OBJ
    [InlineData((byte)0x81)] // NEWOBJ
    [InlineData((byte)'Q')] // BINPERSID
    [InlineData((byte)'P')] // PERSID
    [InlineData((byte)0x97)] // NEXT_BUFFER: pixels in a file of their own
    public void Other_instructions_are_refused_by_number(byte instruction) =>
        Refusal(Batch("labels", [1], [instruction, .. "os\nsystem\n"u8])).ShouldContain($"0x{instruction:x2}, which no CIFAR batch needs");

    [Fact]
    public void What_is_no_batch_is_described()
    {
        var pixels = new byte[3072];
        Refusal(Batch("names", 1)).ShouldContain("without CIFAR's \"data\"");
        Refusal(Dictionary()).ShouldContain("without CIFAR's \"data\"");
        Refusal([0x80, 2, .. Text("hello"), (byte)'.']).ShouldContain("not of a dictionary");
        Refusal([0x80, 5, (byte)'N', (byte)'.']).ShouldContain("not of a dictionary");
        Refusal([0x80, 2, 0x80, 6, (byte)'N', (byte)'.']).ShouldContain("protocol 6");
        Refusal(Batch("labels", [1, 2], Array(1, 3072, pixels))).ShouldContain("2 labels for 1 images");
        Refusal(Batch("labels", [1], Array(1, 3071, pixels[1..]))).ShouldContain("of shape (1, 3071)");
        Refusal(Batch("labels", [1], Array(2, 3072, pixels))).ShouldContain("of shape (2, 3072)");
        Refusal(Batch("labels", [1], Array(1, 3072, pixels, "f4"))).ShouldContain("but f4");
        Refusal(Batch("labels", [1], Array(1, 3072, pixels, fortran: 1))).ShouldContain("C order");
        Refusal(Batch("labels", [-1], Array(1, 3072, pixels))).ShouldContain("entry 0: -1");
        Refusal(Batch("labels", [], Array(0, 3072, []))).ShouldContain("0 labels for 0 images");
    }

    /// <summary>What cPickle of Python 2 writes without a protocol: repr of each string (Objects/stringobject.c string_repr).</summary>
    [Fact]
    public void The_text_form_of_Python_2_is_read()
    {
        var planes = Made.CifarRecord(0, Made.Bytes(3072, 3))[1..];
        "\t\n\r\\'\"\0\x7f\xff\x41"u8.CopyTo(planes);
        using var folder = new TempFolder();
        var path = folder.Write("data_batch_1", TextForm(planes, "lp6\nI7\na"));
        using var reader = ImageSource.Open(path);

        var set = reader.ReadAll();

        set.Labels.ShouldBe([7]);
        Made.CifarRecord(0, set.Pixels)[1..].ShouldBe(planes);
    }

    [Fact]
    public void Labels_that_are_no_whole_numbers_and_pixels_that_are_too_many_are_described()
    {
        var pixels = new byte[3072];
        Refusal(TextForm(pixels, "lp6\nF7.5\na")).ShouldContain("entry 0: 7.5; expected a class index");
        Refusal(TextForm(pixels, "lp6\nI7x\na")).ShouldContain("a line that is no whole number");
        Refusal(TextForm([.. pixels, 1], "lp6\nI7\na")).ShouldContain("holds more than the 1 images of its shape");
        Refusal(TextForm(pixels[1..], "lp6\nI7\na")).ShouldContain("has a broken text (byte ");
    }

    [Fact]
    public void A_label_without_a_name_is_placed()
    {
        using var folder = new TempFolder();
        var path = folder.Write("data_batch_1", Batch("labels", 1, 10));
        using var reader = ImageSource.Open(path);

        Should.Throw<InputException>(() => reader.Read(2)).Message.ShouldContain("record 1 (byte ");
    }

    [Fact]
    public void A_batch_that_is_cut_short_anywhere_is_refused()
    {
        var whole = Batch("labels", 1);
        for (var length = 2; length < whole.Length; length += length is < 100 or > 3200 ? 1 : 97)
            Refusal(whole[..length]).ShouldContain("cut short", Case.Sensitive, $"{length} bytes");
    }

    private static byte[] TextForm(byte[] planes, string labels)
    {
        var text = string.Concat(planes.Select(value => value switch
        {
            (byte)'\t' => "\\t",
            (byte)'\n' => "\\n",
            (byte)'\r' => "\\r",
            (byte)'\\' or (byte)'\'' => $"\\{(char)value}",
            < 32 or >= 127 => $"\\x{value:x2}",
            _ => ((char)value).ToString(),
        }));
        return System.Text.Encoding.ASCII.GetBytes(
            $"(dp1\nS'labels'\np2\n({labels}sS'data'\np3\ncnumpy.core.multiarray\n_reconstruct\np4\n(cnumpy\nndarray\np5\n(I0\ntS'b'\ntRp7\n"
            + $"(I1\n(I1\nI3072\ntcnumpy\ndtype\n(S'u1'\nI0\nI1\ntR(I3\nS'|'\nNNNI-1\nI-1\nI0\ntbI00\nS'{text}'\ntbs.");
    }

    private static string Refusal(byte[] pickle)
    {
        using var folder = new TempFolder();
        var path = folder.Write("data_batch_1", pickle);
        var message = Should.Throw<InputException>(() => ImageSource.Open(path)).Message;
        message.ShouldStartWith(path);
        return message;
    }
}
