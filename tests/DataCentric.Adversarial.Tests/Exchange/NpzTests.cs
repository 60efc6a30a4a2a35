using System.IO.Compression;
using DataCentric.Adversarial.Exchange;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;

namespace DataCentric.Adversarial.Tests.Exchange;

public class NpzTests
{
    private static readonly byte[] Six = TorchFile.Floats(1, 2, 3, 4, 5, 6);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Arrays_stored_or_deflated_are_read_by_name(CompressionLevel level)
    {
        var read = Read(MadeZip.Of(level, ("conv.weight.npy", NpyFile.Make("<f4", "(2, 3)", Six)), ("conv.bias.npy", NpyFile.Make("<f4", "(1,)", TorchFile.Floats(7)))));

        read.Keys.ShouldBe(["conv.weight", "conv.bias"]);
        read["conv.weight"].Shape.ShouldBe([2, 3]);
        read["conv.weight"].Values.ShouldBe([1, 2, 3, 4, 5, 6]);
        read["conv.bias"].Values.ShouldBe([7]);
    }

    [Theory]
    [InlineData("<f2", new byte[] { 0x00, 0x3C, 0x00, 0xC0 })]
    [InlineData(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 })]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Values_of_each_type_become_singles(string type, byte[] values)
    {
        Read(MadeZip.Of(CompressionLevel.NoCompression, ("w.npy", NpyFile.Make(type, "(2,)", values))))["w"].Values.ShouldBe([1, -2]);
    }

    [Fact]
    public void Fortran_order_becomes_row_major()
    {
        var file = NpyFile.Make("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }\n", Six);

        Read(MadeZip.Of(CompressionLevel.NoCompression, ("w.npy", file)))["w"].Values.ShouldBe([1, 3, 5, 2, 4, 6]);
    }

    [Fact]
    public void What_is_written_reads_back_and_the_same_tensors_give_the_same_bytes()
    {
        var tensors = new Dictionary<string, StoredTensor> { ["a.weight"] = new([2, 3], [1, 2, 3, 4, 5, 6]), ["b"] = new([1], [-0.5f]) };

        var (once, twice) = (Write(tensors), Write(tensors));

        var read = Read(once);
        read.Keys.ShouldBe(["a.weight", "b"]);
        read["a.weight"].Shape.ShouldBe([2, 3]);
        read["a.weight"].Values.ShouldBe([1, 2, 3, 4, 5, 6]);
        read["b"].Values.ShouldBe([-0.5f]);
        twice.ShouldBe(once);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = MadeZip.Of(CompressionLevel.Optimal, ("w.npy", NpyFile.Make("<f4", "(2, 3)", Six)));
        for (var length = 0; length < whole.Length; length++)
            Should.Throw<InputException>(() => Read(whole[..length]), $"{length} bytes").Message.ShouldStartWith("file.npz");
    }

    [Fact]
    public void Broken_arrays_are_named()
    {
        Refusal(("w.npy", NpyFile.Make("<f4", "(7,)", Six))).ShouldContain("array \"w.npy\": has");
        Refusal(("w.npy", NpyFile.Make("|O", "(1,)", Six))).ShouldContain("array \"w.npy\": values of type '|O'");
        Refusal(("w.npy", Six)).ShouldContain("array \"w.npy\"");
        Refusal(("w.npy", NpyFile.Make("<f4", "(1,)", TorchFile.Floats(1))), ("w.npy", NpyFile.Make("<f4", "(1,)", TorchFile.Floats(1)))).ShouldContain("two files");
    }

    [Fact]
    public void A_file_that_announces_more_than_it_can_hold_is_refused()
    {
        var bytes = MadeZip.Of(CompressionLevel.NoCompression, ("w.npy", NpyFile.Make("<f4", "(2, 3)", Six)));
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(1 << 29).CopyTo(bytes, directory + 24); // uncompressed size

        Should.Throw<InputException>(() => Read(bytes)).Message.ShouldContain("says it holds 536870912 bytes");
    }

    [Fact]
    public void Weights_beyond_the_bound_are_refused_before_they_are_read()
    {
        var zeros = new byte[1 << 20];
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("w.npy", CompressionLevel.Fastest).Open();
            entry.Write(NpyFile.Make("<f8", "(268435457,)", []));
            for (var i = 0; i < 2048; i++)
                entry.Write(zeros);
            entry.Write(zeros.AsSpan(0, 8));
        }

        Should.Throw<InputException>(() => Read(stream.ToArray())).Message.ShouldContain("may take 2147483648 in all");
    }

    private static Dictionary<string, StoredTensor> Read(byte[] file) => WeightFile.Read(new MemoryStream(file), "file.npz");

    private static string Refusal(params (string Name, byte[] Content)[] files) =>
        Should.Throw<InputException>(() => Read(MadeZip.Of(CompressionLevel.NoCompression, files))).Message;

    private static byte[] Write(Dictionary<string, StoredTensor> tensors)
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, tensors);
        return stream.ToArray();
    }
}
