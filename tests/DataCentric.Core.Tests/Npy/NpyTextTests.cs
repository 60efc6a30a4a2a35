using System.Text;
using CsCheck;
using DataCentric.Npy;

namespace DataCentric.Tests.Npy;

public class NpyTextTests
{
    [Theory]
    [InlineData("<U5", 20)]
    [InlineData(">U1", 4)]
    [InlineData("|S7", 7)]
    public void Types_of_texts_are_read_where_they_are_asked_for(string description, int size)
    {
        var type = NpyDType.Parse(description, "x", mayBeText: true);

        type.IsText.ShouldBeTrue();
        type.IsInteger.ShouldBeFalse();
        type.Size.ShouldBe(size);
        type.ToString().ShouldBe(description);
        Should.Throw<InputException>(() => NpyDType.Parse(description, "x")).Message.ShouldContain($"'{description}' are not read");
    }

    [Theory]
    [InlineData("<U0")]
    [InlineData("<U1025")]
    [InlineData("<U-1")]
    [InlineData("|S")]
    [InlineData("|S99999999999")]
    [InlineData("|V5")]
    public void Texts_without_a_length_or_longer_than_any_name_are_refused(string description) =>
        Should.Throw<InputException>(() => NpyDType.Parse(description, "x", mayBeText: true)).Message.ShouldContain("texts of 1 to 1024 characters");

    [Theory]
    [InlineData("|O", "pickled Python objects")]
    [InlineData("|b1", "astype(\"uint8\")")]
    [InlineData("<f16", "astype(\"float64\")")]
    public void What_is_not_read_has_a_way_out(string description, string way) =>
        Should.Throw<InputException>(() => NpyDType.Parse(description, "x")).Message.ShouldContain(way);

    [Fact]
    public void A_text_is_what_was_encoded_without_the_zeros_behind_it() =>
        Gen.Select(Gen.String[Gen.Char["aZ 0\u00e9\u4e2d\0"], 0, 6], Gen.Bool).Sample((text, bigEndian) =>
        {
            var wanted = text.TrimEnd('\0');
            var wide = new byte[32];
            (bigEndian ? new UTF32Encoding(true, false) : Encoding.UTF32).GetBytes(text).CopyTo(wide, 0);
            var bytes = new byte[32];
            Encoding.UTF8.GetBytes(text).CopyTo(bytes, 0);

            NpyText.Read(new('U', 32, bigEndian), wide).ShouldBe(wanted);
            NpyText.Read(new('S', 32), bytes).ShouldBe(wanted);
        });

    [Fact]
    public void What_is_no_character_gives_no_text()
    {
        NpyText.Read(new('U', 4), [0, 0xD8, 0, 0]).ShouldBeNull();
        NpyText.Read(new('U', 4), [0, 0, 0x11, 0]).ShouldBeNull();
        NpyText.Read(new('S', 2), [0xC3, 0x28]).ShouldBeNull();
        NpyText.Read(new('U', 8), [0x00, 0xF6, 0x01, 0, 0, 0, 0, 0]).ShouldBe("\U0001F600");
    }
}
