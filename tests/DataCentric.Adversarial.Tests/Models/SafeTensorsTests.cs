using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Tests.Models;

public class SafeTensorsTests
{
    private static readonly byte[] File = Written();

    [Fact]
    public void A_file_reads_back_as_it_was_written()
    {
        var read = SafeTensors.Read(new MemoryStream(File), "file");

        read.Metadata["why"].ShouldBe("\"quoted\" and ü");
        read.Tensors.Keys.ShouldBe(["a.weight", "b"]);
        read.Tensors["a.weight"].Shape.ShouldBe([2, 3]);
        read.Tensors["a.weight"].Values.ShouldBe([1, 2, 3, 4, 5, 6]);
        read.Tensors["b"].Values.ShouldBe([-0.5f]);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (var length = 0; length < File.Length; length++)
        {
            var exception = Should.Throw<InputException>(() => SafeTensors.Read(new MemoryStream(File[..length]), "models/one"), $"{length} bytes");
            exception.Message.ShouldStartWith("models/one: ");
        }
    }

    [Theory]
    [InlineData("PK\u0003\u0004 a zip archive with much more to follow")]
    [InlineData("\u0010\0\0\0\0\0\0\0no json here 123")]
    [InlineData("\u0018\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\"}    }")]
    public void What_is_no_safetensors_file_is_refused(string content)
    {
        Should.Throw<InputException>(() => SafeTensors.Read(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(content)), "file"))
            .Message.ShouldContain("not a safetensors file");
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x00, 0xC0 })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    [InlineData("I64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Other_types_become_float32(string type, byte[] values)
    {
        SafeTensors.Read(new MemoryStream(Foreign(type, "[2]", $"[0,{values.Length}]", values)), "file").Tensors["w"].Values.ShouldBe([1, -2]);
    }

    [Theory]
    [InlineData("F8_E4M3", "[8]", "[0,8]", "F8_E4M3; expected F16")]
    [InlineData("F32", "[3]", "[0,8]", "does not fit its shape")]
    [InlineData("F32", "[-1,-2]", "[0,8]", "does not fit its shape")]
    [InlineData("F32", "[3]", "[0,12]", "cut short")]
    [InlineData("F32", "[4611686018427387904,4]", "[0,8]", "header is broken")]
    [InlineData("F32", "[2]", "[8]", "does not fit its shape")]
    public void Tensors_that_cannot_be_are_refused(string type, string shape, string range, string reason)
    {
        Should.Throw<InputException>(() => SafeTensors.Read(new MemoryStream(Foreign(type, shape, range, new byte[8])), "file"))
            .Message.ShouldContain(reason);
    }

    private static byte[] Foreign(string type, string shape, string range, byte[] values)
    {
        var header = $$"""{"w":{"dtype":"{{type}}","shape":{{shape}},"data_offsets":{{range}} } }""";
        return [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.ASCII.GetBytes(header), .. values];
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        var tensors = new Dictionary<string, StoredTensor> { ["a.weight"] = new([2, 3], [1, 2, 3, 4, 5, 6]), ["b"] = new([1], [-0.5f]) };
        new SafeTensors(tensors, new Dictionary<string, string> { ["why"] = "\"quoted\" and ü" }).Write(stream);
        return stream.ToArray();
    }
}
