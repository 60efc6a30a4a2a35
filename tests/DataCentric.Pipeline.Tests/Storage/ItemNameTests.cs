using CsCheck;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class ItemNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("runs/ab12/shards/attack-00003.npy")]
    [InlineData("folder/猫/😀.png")]
    [InlineData("data_batch_1.bin#17")]
    [InlineData(".hidden/a b/%2e%2e")]
    public void Ordinary_names_are_kept_as_they_are(string name) => ItemName.Check(name).ShouldBe(name);

    [Theory]
    [InlineData("", "1 to 1024")]
    [InlineData("/etc/passwd", "begins or ends with '/'")]
    [InlineData("a/", "begins or ends with '/'")]
    [InlineData("a//b", "'//'")]
    [InlineData("..", "lead out")]
    [InlineData("a/../b", "lead out")]
    [InlineData("./a", "lead out")]
    [InlineData("a./b", "lead out")]
    [InlineData("a\\..\\b", "U+005C")]
    [InlineData("C:/x", "U+003A")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\0", "U+0000")]
    [InlineData("a\u202Eb", "U+202E")]
    [InlineData("a\uFFFDb", "U+FFFD")]
    [InlineData(" a", "blank")]
    [InlineData("a /b", "blank")]
    [InlineData("a/.0123.datacentric-tmp", "temporary")]
    public void Bad_names_are_refused_and_the_message_says_why(string name, string expected)
    {
        ItemName.IsValid(name).ShouldBeFalse();
        Should.Throw<InputException>(() => ItemName.Check(name)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Lengths_are_limited_in_whole_and_by_segment()
    {
        ItemName.IsValid(new string('n', 255)).ShouldBeTrue();
        ItemName.IsValid(new string('n', 256)).ShouldBeFalse();
        ItemName.IsValid(new string('猫', 85)).ShouldBeTrue();
        ItemName.IsValid(new string('猫', 86)).ShouldBeFalse();
        ItemName.IsValid(string.Concat(Enumerable.Repeat("ab/", 341)) + "a").ShouldBeTrue();
        ItemName.IsValid(string.Concat(Enumerable.Repeat("ab/", 341)) + "ab").ShouldBeFalse();
    }

    [Fact]
    public void A_lone_surrogate_is_refused() => ItemName.IsValid("a" + (char)0xD800 + "b").ShouldBeFalse();

    [Fact]
    public void No_valid_name_leads_out_of_a_folder() => Names.Text.Sample(text =>
    {
        if (!ItemName.IsValid(text))
            return;
        var root = Path.Combine(Path.GetTempPath(), "root");
        var path = Path.GetFullPath(Path.Combine(root, text));
        path.ShouldBe(root + Path.DirectorySeparatorChar + text.Replace('/', Path.DirectorySeparatorChar));
    });

    [Fact]
    public void Every_beginning_of_a_valid_name_that_does_not_split_a_character_is_a_valid_prefix() =>
        Gen.Select(Names.Valid, Gen.Int[0, 60]).Sample((name, length) =>
        {
            var prefix = name[..Math.Min(length, name.Length)];
            if (prefix.Length == 0 || !char.IsHighSurrogate(prefix[^1]))
                ItemName.CheckPrefix(prefix).ShouldBe(prefix);
        });

    [Fact]
    public void A_message_never_carries_control_characters()
    {
        var message = Should.Throw<InputException>(() => ItemName.Check("a\u001b[31m\r\nb")).Message;
        message.ShouldNotContain(c => char.IsControl(c));
    }
}
