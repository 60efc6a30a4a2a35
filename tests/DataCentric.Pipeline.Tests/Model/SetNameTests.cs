using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public sealed class SetNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Vögel & Käfer, robust")]
    [InlineData("نمی‌دانم")]
    [InlineData("👩‍🔬 set")]
    public void A_name_is_any_line_of_text(string name) => Problems(name).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    [InlineData("turned \u202Eround")]
    [InlineData("\u001B[31mred")]
    [InlineData("ends\n")]
    public void Other_characters_are_refused(string name) => Problems(name).ShouldHaveSingleItem().ShouldContain("Name: A name is 1 to 100 visible characters of one line.");

    [Fact]
    public void A_name_is_bounded()
    {
        Problems(new string('x', 100)).ShouldBeEmpty();
        Problems(new string('x', 101)).ShouldHaveSingleItem();
    }

    private static IReadOnlyList<string> Problems(string name) => (EnhancementProfiles.Recommended.Request("run", "set") with { Name = name }).Validate();
}
