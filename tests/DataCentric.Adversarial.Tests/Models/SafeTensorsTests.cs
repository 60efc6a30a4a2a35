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

    [Fact]
    public void Other_types_than_float32_are_refused()
    {
        var text = System.Text.Encoding.Latin1.GetString(File).Replace("F32", "F16", StringComparison.Ordinal);

        Should.Throw<InputException>(() => SafeTensors.Read(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text)), "file"))
            .Message.ShouldContain("F16");
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        var tensors = new Dictionary<string, StoredTensor> { ["a.weight"] = new([2, 3], [1, 2, 3, 4, 5, 6]), ["b"] = new([1], [-0.5f]) };
        new SafeTensors(tensors, new Dictionary<string, string> { ["why"] = "\"quoted\" and ü" }).Write(stream);
        return stream.ToArray();
    }
}
