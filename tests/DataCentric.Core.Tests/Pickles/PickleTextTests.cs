using System.Text;
using DataCentric.Pickles;

namespace DataCentric.Tests.Pickles;

public class PickleTextTests
{
    [Theory]
    [InlineData(PickleEncoding.Plain, "a\u00ff", new byte[] { 97, 0xFF })]
    [InlineData(PickleEncoding.Utf8, "a\u00ff\u4e2d\U0001F600", new byte[] { 97, 0xC3, 0xBF, 0xE4, 0xB8, 0xAD, 0xF0, 0x9F, 0x98, 0x80 })]
    [InlineData(PickleEncoding.UnicodeEscape, "\u00ff\\\n\u4e2d\U0001F600", new byte[]
    {
        0xFF, 92, (byte)'u', 48, 48, 53, 99, 92, (byte)'u', 48, 48, 48, 97, 92, (byte)'u', 52, 101, 50, 100, 92, (byte)'U', 48, 48, 48, 49, 102, 54, 48, 48,
    })]
    [InlineData(PickleEncoding.StringEscape, "\n\t\r\\'\"\u00ff", new byte[]
    {
        92, (byte)'n', 92, (byte)'t', 92, (byte)'r', 92, 92, 92, 39, 92, 34, 92, (byte)'x', 102, 102,
    })]
    public void Every_encoding_gives_its_letters(PickleEncoding encoding, string text, byte[] bytes)
    {
        using var stream = new MemoryStream([1, 2, .. bytes, 3]);

        PickleText.Of(stream, new(2, bytes.Length, encoding), "x.pkl").ShouldBe(text);
    }

    [Theory]
    [InlineData(PickleEncoding.Utf8, new byte[] { 0xC3 })]
    [InlineData(PickleEncoding.Utf8, new byte[] { 0x80 })]
    [InlineData(PickleEncoding.Utf8, new byte[] { 0xC1, 0x80 })]
    [InlineData(PickleEncoding.Utf8, new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(PickleEncoding.UnicodeEscape, new byte[] { 92 })]
    [InlineData(PickleEncoding.UnicodeEscape, new byte[] { 92, (byte)'n' })]
    [InlineData(PickleEncoding.UnicodeEscape, new byte[] { 92, (byte)'u', 48, 48, 48 })]
    [InlineData(PickleEncoding.UnicodeEscape, new byte[] { 92, (byte)'U', 102, 102, 102, 102, 102, 102, 102, 102 })]
    [InlineData(PickleEncoding.StringEscape, new byte[] { 92, (byte)'x', 48, 103 })]
    [InlineData(PickleEncoding.StringEscape, new byte[] { 92, (byte)'8' })]
    public void A_broken_text_is_refused_by_its_place(PickleEncoding encoding, byte[] bytes)
    {
        using var stream = new MemoryStream([.. bytes, (byte)'0']);

        Should.Throw<InputException>(() => PickleText.Of(stream, new(0, bytes.Length, encoding), "x.pkl")).Message.ShouldStartWith("x.pkl: its pickle has a broken text (byte ");
    }

    [Fact]
    public void Letters_that_are_no_bytes_do_not_pass_for_such()
    {
        var bytes = Encoding.UTF8.GetBytes("a\u0100");
        using var stream = new MemoryStream(bytes);
        var text = new PickleText(stream, new(0, bytes.Length, PickleEncoding.Utf8), "x.pkl");
        var values = new byte[1];

        text.Fill(values);

        values.ShouldBe([97]);
        Should.Throw<InputException>(() => text.Fill(values));
    }
}
